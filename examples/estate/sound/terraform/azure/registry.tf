resource "azurerm_container_registry" "images" {
  name                          = "acr${var.environment}template"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku                           = "Premium"
  admin_enabled                 = false
  anonymous_pull_enabled        = false
  public_network_access_enabled = false
  export_policy_enabled         = false
  tags                          = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  encryption {
    key_vault_key_id   = azurerm_key_vault_key.data.id
    identity_client_id = azurerm_user_assigned_identity.data.client_id
  }
}
