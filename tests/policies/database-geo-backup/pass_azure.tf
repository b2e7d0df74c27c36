resource "azurerm_postgresql_flexible_server" "orders" {
  name                         = "orders"
  resource_group_name          = "rg-orders"
  location                     = "westeurope"
  geo_redundant_backup_enabled = true
}

# An Azure SQL database keeps its backups in two regions unless told otherwise.
resource "azurerm_mssql_database" "ledger" {
  name      = "ledger"
  server_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-orders/providers/Microsoft.Sql/servers/ledger"
}
