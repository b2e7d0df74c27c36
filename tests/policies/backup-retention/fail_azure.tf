resource "azurerm_mysql_flexible_server" "shop" {
  name                  = "shop"
  resource_group_name   = "rg-shop"
  location              = "westeurope"
  backup_retention_days = 1 # expect: fail backup.retention_days
}

resource "azurerm_mssql_database" "ledger" {
  name      = "ledger"
  server_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop/providers/Microsoft.Sql/servers/ledger"

  short_term_retention_policy {
    retention_days = 3 # expect: fail backup.retention_days
  }
}
