data "azurerm_subscription" "current" {}

resource "azurerm_monitor_activity_log_alert" "policies" { # expect: unknown alerts.missing
  name                = "policies"
  resource_group_name = "rg-monitor"
  location            = "global"
  scopes              = [data.azurerm_subscription.current.id]

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.Authorization/policyAssignments/write"
  }
}
