resource "azurerm_cosmosdb_postgresql_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
  coordinator_public_ip_access_enabled = true # expect: fail network.public
}

resource "azurerm_cosmosdb_postgresql_cluster" "silent" { # expect: fail network.public
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
}
