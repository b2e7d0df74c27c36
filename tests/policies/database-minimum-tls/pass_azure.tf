resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "ssl_min_protocol_version"
  server_id = azurerm_postgresql_flexible_server.orders.id
  value     = "TLSv1.3"
}

resource "azurerm_mssql_server" "ledger" {
  name                = "ledger"
  resource_group_name = "rg-orders"
  location            = "westeurope"
  version             = "12.0"
}
