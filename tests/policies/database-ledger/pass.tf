resource "azurerm_mssql_database" "orders" {
  name      = "orders"
  server_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/main"
  ledger_enabled = true
}
