variable "group" {}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "failures" {
  name                = "failures"
  resource_group_name = "rg-monitor"

  action { # expect: unknown receivers
    action_groups = [var.group]
  }
}
