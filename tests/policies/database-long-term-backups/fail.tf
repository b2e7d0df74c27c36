resource "azurerm_mssql_database" "orders" {
  name      = "orders"
  server_id = azurerm_mssql_server.orders.id

  long_term_retention_policy {
    monthly_retention = "PT0S" # expect: fail backup.long_term
  }
}

resource "azurerm_mssql_managed_database" "orders" { # expect: fail backup.long_term
  name                = "orders"
  managed_instance_id = azurerm_mssql_managed_instance.orders.id
}
