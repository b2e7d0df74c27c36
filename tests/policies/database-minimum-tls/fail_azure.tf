resource "azurerm_mysql_flexible_server" "shop" {
  name                = "shop"
  resource_group_name = "rg-shop"
  location            = "westeurope"
}

resource "azurerm_mysql_flexible_server_configuration" "tls" {
  name                = "tls_version"
  resource_group_name = "rg-shop"
  server_name         = azurerm_mysql_flexible_server.shop.name
  value               = "TLSv1.1,TLSv1.2" # expect: fail tls.min_version
}

resource "azurerm_mssql_server" "ledger" {
  name                = "ledger"
  resource_group_name = "rg-shop"
  location            = "westeurope"
  version             = "12.0"
  minimum_tls_version = "Disabled" # expect: fail tls.min_version
}
