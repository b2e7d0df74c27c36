resource "azurerm_app_configuration" "settings" {
  name                       = "appcs-${local.name}"
  location                   = azurerm_resource_group.main.location
  resource_group_name        = azurerm_resource_group.main.name
  sku                        = "standard"
  local_auth_enabled         = false
  public_network_access      = "Disabled"
  purge_protection_enabled   = true
  soft_delete_retention_days = 7
  tags                       = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  encryption {
    key_vault_key_identifier = azurerm_key_vault_key.data.id
    identity_client_id       = azurerm_user_assigned_identity.data.client_id
  }
}
