variable "choice" {}

resource "azurerm_mssql_database" "orders" {
  name      = "orders"
  server_id = azurerm_mssql_server.orders.id

  long_term_retention_policy {
    monthly_retention = var.choice # expect: unknown backup.long_term
  }
}
