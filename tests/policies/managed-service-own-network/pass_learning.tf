resource "azurerm_machine_learning_workspace" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "AllowInternetOutbound"
  }
}

resource "azurerm_machine_learning_workspace" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "AllowOnlyApprovedOutbound"
  }
}
