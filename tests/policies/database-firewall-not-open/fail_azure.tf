resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "everyone" { # expect: fail network.allowed_sources
  name             = "everyone"
  server_id        = azurerm_postgresql_flexible_server.orders.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

resource "azurerm_mssql_server" "ledger" {
  name                = "ledger"
  resource_group_name = "rg-orders"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_firewall_rule" "azure" { # expect: fail network.allowed_sources
  name             = "azure"
  server_id        = azurerm_mssql_server.ledger.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
