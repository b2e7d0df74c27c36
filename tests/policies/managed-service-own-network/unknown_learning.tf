variable "chosen" {}

resource "azurerm_machine_learning_workspace" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = var.chosen # expect: unknown network.own
  }
}
