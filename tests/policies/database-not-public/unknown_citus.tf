variable "chosen" {}

resource "azurerm_cosmosdb_postgresql_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
  coordinator_public_ip_access_enabled = var.chosen # expect: unknown network.public
}
