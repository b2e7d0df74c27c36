variable "workspace" {}

data "azurerm_subscription" "current" {}

resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = "activity"
  target_resource_id         = data.azurerm_subscription.current.id
  log_analytics_workspace_id = var.workspace # expect: unknown logs.central

  enabled_log {
    category = "Administrative"
  }
}
