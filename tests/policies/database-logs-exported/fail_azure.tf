resource "azurerm_postgresql_flexible_server" "orders" { # expect: fail logs.enabled
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

resource "azurerm_mssql_server_extended_auditing_policy" "ledger" {
  server_id = azurerm_mssql_server.ledger.id
  enabled   = false # expect: fail logs.enabled
}
