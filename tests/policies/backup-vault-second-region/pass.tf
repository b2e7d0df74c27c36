resource "azurerm_recovery_services_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
  storage_mode_type            = "GeoRedundant"
  cross_region_restore_enabled = true
}

resource "azurerm_data_protection_backup_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  datastore_type      = "VaultStore"
  redundancy                   = "GeoRedundant"
  cross_region_restore_enabled = true
}
