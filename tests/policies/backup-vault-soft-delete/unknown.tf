variable "choice" {}

resource "azurerm_recovery_services_vault" "v" {
  name                = "copies"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
  soft_delete_enabled = var.choice # expect: unknown backup.soft_delete, unknown soft_delete_days
}
