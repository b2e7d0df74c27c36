resource "azurerm_machine_learning_workspace" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "Disabled" # expect: fail network.own
  }
}

resource "azurerm_machine_learning_workspace" "silent" {
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network { # expect: fail network.own
  }
}
