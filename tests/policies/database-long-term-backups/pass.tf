resource "azurerm_mssql_database" "orders" {
  name      = "orders"
  server_id = azurerm_mssql_server.orders.id

  long_term_retention_policy {
    monthly_retention = "P12M"
  }
}
