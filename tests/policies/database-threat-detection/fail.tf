resource "azurerm_mssql_server" "orders" {
  name                = "orders-sql"
  resource_group_name = "rg"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_server_security_alert_policy" "orders" {
  resource_group_name = "rg"
  server_name         = azurerm_mssql_server.orders.name
  state               = "Disabled" # expect: fail threat_detection
}

resource "azurerm_mssql_managed_instance" "orders" { # expect: fail threat_detection
  name                = "orders-mi"
  resource_group_name = "rg"
  location            = "westeurope"
}
