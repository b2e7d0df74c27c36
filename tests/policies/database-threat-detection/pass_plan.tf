resource "azurerm_mssql_server" "orders" {
  name                = "orders-sql"
  resource_group_name = "rg"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_security_center_subscription_pricing" "sql" {
  resource_type = "SqlServers"
  tier          = "Standard"
}
