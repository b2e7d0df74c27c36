resource "azurerm_log_analytics_workspace" "security" { # expect: fail data.connected
  name                = "security"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_sentinel_log_analytics_workspace_onboarding" "security" {
  workspace_id = azurerm_log_analytics_workspace.security.id
}
