resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail connections.throttled
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}
