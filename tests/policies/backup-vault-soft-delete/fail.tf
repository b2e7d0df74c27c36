resource "azurerm_recovery_services_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
  soft_delete_enabled = false # expect: fail backup.soft_delete
}

resource "azurerm_data_protection_backup_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  datastore_type      = "VaultStore"
  soft_delete         = "Off" # expect: fail backup.soft_delete
}
