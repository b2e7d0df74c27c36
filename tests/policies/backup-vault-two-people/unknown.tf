variable "vault" {}
variable "guard" {}

resource "azurerm_recovery_services_vault" "copies" { # expect: unknown two_people
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_recovery_services_vault_resource_guard_association" "copies" {
  vault_id          = var.vault
  resource_guard_id = var.guard
}
