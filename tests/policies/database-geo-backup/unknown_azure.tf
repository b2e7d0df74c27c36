variable "choice" {
  type = bool
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                         = "orders"
  resource_group_name          = "rg-orders"
  location                     = "westeurope"
  geo_redundant_backup_enabled = var.choice # expect: unknown backup.cross_region
}
