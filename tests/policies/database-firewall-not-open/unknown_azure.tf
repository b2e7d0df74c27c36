variable "choice" {
  type = string
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "office" { # expect: unknown network.allowed_sources
  name             = "office"
  server_id        = azurerm_postgresql_flexible_server.orders.id
  start_ip_address = var.choice
  end_ip_address   = "198.51.100.31"
}
