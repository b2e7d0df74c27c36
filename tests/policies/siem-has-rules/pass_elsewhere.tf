data "azurerm_log_analytics_workspace" "security" {
  name                = "security"
  resource_group_name = "rg"
}

resource "azurerm_sentinel_alert_rule_scheduled" "guessing" {
  name                       = "guessing"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.security.id
  display_name               = "Guessed passwords"
  severity                   = "High"
  query                      = "SigninLogs"
}
