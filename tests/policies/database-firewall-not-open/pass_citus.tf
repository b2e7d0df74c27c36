resource "azurerm_cosmosdb_postgresql_cluster" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
}

resource "azurerm_cosmosdb_postgresql_firewall_rule" "some" {
  name             = "some"
  cluster_id       = azurerm_cosmosdb_postgresql_cluster.orders.id
  start_ip_address = "198.51.100.7"
  end_ip_address   = "198.51.100.7"
}
