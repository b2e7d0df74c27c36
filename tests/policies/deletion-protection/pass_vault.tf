resource "azurerm_recovery_services_vault" "copies" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_management_lock" "kept" {
  name       = "kept"
  scope      = azurerm_recovery_services_vault.copies.id
  lock_level = "CanNotDelete"
}
