resource "azurerm_recovery_services_vault" "v" { # expect: fail backup.immutable
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"

}

resource "azurerm_data_protection_backup_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  datastore_type      = "VaultStore"
  immutability        = "Disabled" # expect: fail backup.immutable
}
