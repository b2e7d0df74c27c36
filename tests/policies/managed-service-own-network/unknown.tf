variable "chosen" {}

resource "azurerm_synapse_workspace" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  managed_virtual_network_enabled = var.chosen # expect: unknown network.own
}
