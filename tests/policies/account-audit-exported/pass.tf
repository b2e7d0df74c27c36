data "azurerm_subscription" "current" {}

resource "azurerm_security_center_subscription_pricing" "machines" {
  resource_type = "VirtualMachines"
  tier          = "Standard"
}

resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = "activity"
  target_resource_id         = data.azurerm_subscription.current.id
  log_analytics_workspace_id = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/audit"

  enabled_log {
    category = "Administrative"
  }
}
