data "azurerm_subscription" "current" {}

resource "azurerm_monitor_diagnostic_setting" "activity" { # expect: fail logs.central
  name               = "activity"
  target_resource_id = data.azurerm_subscription.current.id
  storage_account_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/audit"

  enabled_log {
    category = "Administrative"
  }
}
