resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail encryption.customer_managed_key
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}
