resource "azurerm_synapse_workspace" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  managed_virtual_network_enabled = false # expect: fail network.own
}

resource "azurerm_synapse_workspace" "silent" { # expect: fail network.own
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
}
