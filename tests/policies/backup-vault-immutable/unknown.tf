variable "choice" {}

resource "azurerm_recovery_services_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
  immutability        = var.choice # expect: unknown backup.immutable
}
