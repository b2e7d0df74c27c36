resource "azurerm_backup_policy_vm" "daily" {
  name                = "daily"
  resource_group_name = "rg"
  recovery_vault_name = "copies"

  backup {
    frequency = "Daily"
    time      = "23:00"
  }

  retention_daily {
    count = 3 # expect: fail backup.retention_days
  }
}

resource "azurerm_data_protection_backup_policy_disk" "disks" {
  name                            = "disks"
  vault_id                        = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/copies"
  backup_repeating_time_intervals = ["R/2026-01-01T02:00:00+00:00/P1D"]
  default_retention_duration      = "P5D" # expect: fail backup.retention_days
}
