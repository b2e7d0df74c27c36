variable "choice" {}

resource "azurerm_recovery_services_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
  storage_mode_type            = var.choice # expect: unknown backup.cross_region, unknown restore.cross_region
  cross_region_restore_enabled = true
}
