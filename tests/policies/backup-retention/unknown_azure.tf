variable "choice" {
  type = number
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                  = "orders"
  resource_group_name   = "rg-orders"
  location              = "westeurope"
  backup_retention_days = var.choice # expect: unknown backup.retention_days
}
