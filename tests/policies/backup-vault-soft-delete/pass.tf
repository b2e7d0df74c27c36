resource "azurerm_recovery_services_vault" "v" {
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
  soft_delete                = "AlwaysOn"
  retention_duration_in_days = 30
}
