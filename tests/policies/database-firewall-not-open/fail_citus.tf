resource "azurerm_cosmosdb_postgresql_cluster" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
}

resource "azurerm_cosmosdb_postgresql_firewall_rule" "some" { # expect: fail network.allowed_sources
  name             = "some"
  cluster_id       = azurerm_cosmosdb_postgresql_cluster.orders.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
