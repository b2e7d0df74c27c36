resource "azurerm_app_configuration" "settings" { # planted: managed-service-customer-managed-key, managed-service-managed-identity, private-endpoint-used
  name                       = "appcs-${local.name}"
  location                   = azurerm_resource_group.main.location
  resource_group_name        = azurerm_resource_group.main.name
  sku                        = "standard"
  local_auth_enabled         = true      # planted: managed-service-no-shared-keys
  public_network_access      = "Enabled" # planted: managed-service-not-public
  purge_protection_enabled   = false # planted: managed-service-purge-protection
  soft_delete_retention_days = 7
  tags                       = local.tags
}
