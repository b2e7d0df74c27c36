resource "azurerm_synapse_workspace" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  managed_virtual_network_enabled = true
}
