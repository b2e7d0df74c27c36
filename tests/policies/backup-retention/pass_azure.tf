resource "azurerm_postgresql_flexible_server" "orders" {
  name                  = "orders"
  resource_group_name   = "rg-orders"
  location              = "westeurope"
  backup_retention_days = 35
}

resource "azurerm_postgresql_flexible_server" "seven_days_by_default" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}
