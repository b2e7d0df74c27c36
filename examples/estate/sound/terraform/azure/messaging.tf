resource "azurerm_servicebus_namespace" "orders" {
  name                          = "sb-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku                           = "Premium"
  capacity                      = 1
  minimum_tls_version           = "1.2"
  local_auth_enabled            = false
  public_network_access_enabled = false
  tags                          = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  customer_managed_key {
    key_vault_key_id = azurerm_key_vault_key.data.id
    identity_id      = azurerm_user_assigned_identity.data.id
  }
}

resource "azurerm_servicebus_queue" "jobs" {
  name                                 = "jobs"
  namespace_id                         = azurerm_servicebus_namespace.orders.id
  dead_lettering_on_message_expiration = true
}

resource "azurerm_monitor_diagnostic_setting" "orders" {
  name                       = "audit"
  target_resource_id         = azurerm_servicebus_namespace.orders.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "audit"
  }
}
