resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail deletion_protection
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}
