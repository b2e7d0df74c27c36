variable "mode" {}

resource "azurerm_machine_learning_workspace" "models" {
  name                = "models"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = var.mode # expect: unknown network.outbound_restricted
  }
}
