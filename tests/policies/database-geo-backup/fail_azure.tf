resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail backup.cross_region
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_mssql_database" "ledger" {
  name                 = "ledger"
  server_id            = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-orders/providers/Microsoft.Sql/servers/ledger"
  storage_account_type = "Local" # expect: fail backup.cross_region
}
