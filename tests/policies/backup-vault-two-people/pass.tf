variable "guard" {}

resource "azurerm_recovery_services_vault" "copies" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_recovery_services_vault_resource_guard_association" "copies" {
  vault_id          = azurerm_recovery_services_vault.copies.id
  resource_guard_id = var.guard
}
