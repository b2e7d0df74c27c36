resource "azurerm_data_protection_backup_vault" "copies" { # expect: unknown two_people
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  datastore_type      = "VaultStore"
  redundancy          = "GeoRedundant"
}
