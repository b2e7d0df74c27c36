resource "azurerm_postgresql_flexible_server" "orders" {
  name                   = "orders"
  resource_group_name    = "rg-orders"
  location               = "westeurope"
  administrator_password = "correct-horse" # expect: fail inline_secrets
}
