resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "office" {
  name             = "office"
  server_id        = azurerm_postgresql_flexible_server.orders.id
  start_ip_address = "198.51.100.16"
  end_ip_address   = "198.51.100.31"
}

resource "azurerm_postgresql_flexible_server" "inside" {
  name                          = "inside"
  resource_group_name           = "rg-orders"
  location                      = "westeurope"
  public_network_access_enabled = false
}
