variable "choice" {}

resource "azurerm_mssql_server" "orders" {
  name                = "orders-sql"
  resource_group_name = "rg"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_server_extended_auditing_policy" "orders" {
  server_id         = azurerm_mssql_server.orders.id
  storage_endpoint  = azurerm_storage_account.audit.primary_blob_endpoint
  retention_in_days = var.choice # expect: unknown audit.retention_days
}
