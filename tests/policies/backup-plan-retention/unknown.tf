variable "choice" {}

resource "azurerm_backup_policy_vm" "daily" {
  name                = "daily"
  resource_group_name = "rg"
  recovery_vault_name = "copies"

  backup {
    frequency = "Daily"
    time      = "23:00"
  }

  retention_daily {
    count = var.choice # expect: unknown backup.retention_days
  }
}
