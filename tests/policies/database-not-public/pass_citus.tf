resource "azurerm_cosmosdb_postgresql_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
  coordinator_public_ip_access_enabled = false
}
