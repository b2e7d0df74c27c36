resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail encryption.customer_managed_key
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_mssql_server" "ledger" {
  name                = "ledger"
  resource_group_name = "rg-orders"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_database" "ledger" { # expect: fail encryption.customer_managed_key
  name      = "ledger"
  server_id = azurerm_mssql_server.ledger.id
}
