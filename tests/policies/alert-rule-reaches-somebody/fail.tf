resource "azurerm_monitor_action_group" "team" {
  name                = "team"
  resource_group_name = "rg-monitor"
  short_name          = "team"

}

resource "azurerm_monitor_metric_alert" "busy" {
  name                = "busy"
  resource_group_name = "rg-monitor"
  scopes              = ["/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"]

  action { # expect: fail receivers
    action_group_id = azurerm_monitor_action_group.team.id
  }
}

resource "azurerm_monitor_activity_log_alert" "silent" { # expect: fail receivers
  name                = "silent"
  resource_group_name = "rg-monitor"
  scopes              = ["/subscriptions/22222222-2222-2222-2222-222222222222"]

  criteria {
    category = "Administrative"
  }
}
