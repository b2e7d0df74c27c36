resource "azurerm_container_registry" "images" { # planted: registry-customer-managed-key, registry-not-public, private-endpoint-used, registry-no-exports
  name                          = "acr${var.environment}template"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku                           = "Premium"
  admin_enabled                 = true # planted: registry-no-admin-user
  anonymous_pull_enabled        = true # planted: registry-no-anonymous-pull
  public_network_access_enabled = true
  tags                          = local.tags
}
