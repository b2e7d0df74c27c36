resource "azurerm_cosmosdb_postgresql_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
  ha_enabled = false # expect: fail ha.multi_zone
}

resource "azurerm_cosmosdb_postgresql_cluster" "silent" { # expect: fail ha.multi_zone
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  node_count          = 0
}
