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
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id
  severity                   = "High"
  query                      = "SigninLogs"
  enabled                    = false # expect: fail rules.enabled
}

resource "azurerm_log_analytics_workspace" "older" { # expect: fail rules.enabled
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_log_analytics_solution" "older" {
  solution_name         = "SecurityInsights"
  resource_group_name   = "rg"
  location              = "westeurope"
  workspace_resource_id = azurerm_log_analytics_workspace.older.id
  workspace_name        = azurerm_log_analytics_workspace.older.name

  plan {
    publisher = "Microsoft"
    product   = "OMSGallery/SecurityInsights"
  }
}
