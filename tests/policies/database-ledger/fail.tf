resource "azurerm_mssql_database" "off" {
  name      = "off"
  server_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/main"
  ledger_enabled = false # expect: fail tamper_evident
}

resource "azurerm_mssql_database" "orders" { # expect: fail tamper_evident
  name      = "orders"
  server_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/main"
}
