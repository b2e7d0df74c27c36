resource "azurerm_monitor_action_group" "team" {
  name                = "team"
  resource_group_name = "rg-monitor"
  short_name          = "team"

  email_receiver {
    name          = "team"
    email_address = "team@example.org"
  }
}

resource "azurerm_monitor_metric_alert" "busy" {
  name                = "busy"
  resource_group_name = "rg-monitor"
  scopes              = ["/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"]

  action {
    action_group_id = azurerm_monitor_action_group.team.id
  }
}
