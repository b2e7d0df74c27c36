data "azurerm_subscription" "current" {}

resource "azurerm_monitor_activity_log_alert" "changes" {
  for_each = toset([
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/networkSecurityGroups/delete",
    "Microsoft.Network/publicIPAddresses/write",
    "Microsoft.Network/publicIPAddresses/delete",
    "Microsoft.Security/securitySolutions/write",
    "Microsoft.Security/securitySolutions/delete",
    "Microsoft.Sql/servers/firewallRules/write",
    "Microsoft.Sql/servers/firewallRules/delete",
  ])

  name                = replace(each.key, "/", "-")
  resource_group_name = "rg-monitor"
  location            = "global"
  scopes              = [data.azurerm_subscription.current.id]

  criteria {
    category       = "Administrative"
    operation_name = each.key
  }

  action {
    action_group_id = azurerm_monitor_action_group.team.id
  }
}

resource "azurerm_monitor_action_group" "team" {
  name                = "team"
  resource_group_name = "rg-monitor"
  short_name          = "team"

  email_receiver {
    name          = "team"
    email_address = "team@example.org"
  }
}
