resource "azurerm_recovery_services_vault" "copies" { # expect: fail two_people
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}
