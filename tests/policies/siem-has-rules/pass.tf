resource "azurerm_log_analytics_workspace" "security" {
  name                = "security"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_sentinel_log_analytics_workspace_onboarding" "security" {
  workspace_id = azurerm_log_analytics_workspace.security.id
}

resource "azurerm_sentinel_alert_rule_scheduled" "guessing" {
  name                       = "guessing"
  display_name               = "Many failed sign-ins"
  log_analytics_workspace_id = azurerm_sentinel_log_analytics_workspace_onboarding.security.workspace_id
  severity                   = "High"
  query                      = "SigninLogs"
}

resource "azurerm_log_analytics_workspace" "plain" {
  name                = "plain"
  resource_group_name = "rg"
  location            = "westeurope"
}
