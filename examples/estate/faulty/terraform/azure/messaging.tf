resource "azurerm_servicebus_namespace" "orders" { # planted: queue-customer-managed-key, private-endpoint-used, queue-logs-sent
  name                          = "sb-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  sku                           = "Premium"
  capacity                      = 1
  minimum_tls_version           = "1.0" # planted: queue-minimum-tls
  local_auth_enabled            = true  # planted: queue-no-shared-keys
  public_network_access_enabled = true  # planted: queue-not-public
  tags                          = local.tags
}

resource "azurerm_servicebus_queue" "jobs" {
  name                                 = "jobs"
  namespace_id                         = azurerm_servicebus_namespace.orders.id
  dead_lettering_on_message_expiration = false # planted: queue-dead-letter
}

resource "azurerm_servicebus_namespace_authorization_rule" "portal" {
  name         = "portal" # planted: queue-key-for-one-queue
  namespace_id = azurerm_servicebus_namespace.orders.id
  listen       = true
  send         = true
  manage       = true # planted: queue-key-not-manage
}
