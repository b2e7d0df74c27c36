resource "azurerm_monitor_action_group" "team" {
  name                = "team"
  resource_group_name = "rg"
  short_name          = "team"

  email_receiver {
    name          = "team"
    email_address = "team@example.com"
  }
}

resource "azurerm_monitor_activity_log_alert" "health" {
  name                = "health"
  resource_group_name = "rg"
  location            = "global"
  scopes              = ["/subscriptions/22222222-2222-2222-2222-222222222222"]

  criteria {
    category = "ServiceHealth"

    service_health {
      events    = ["Incident", "Maintenance"]
      locations = ["West Europe"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.team.id
  }
}
