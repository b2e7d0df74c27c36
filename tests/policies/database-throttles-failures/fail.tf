resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_configuration" "connection_throttle_enable" {
  name      = "connection_throttle.enable"
  server_id = azurerm_postgresql_flexible_server.orders.id
  value     = "off" # expect: fail connections.throttled
}
