resource "azurerm_log_analytics_workspace" "security" {
  name                = "security"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_sentinel_log_analytics_workspace_onboarding" "security" {
  workspace_id = azurerm_log_analytics_workspace.security.id
}

resource "azurerm_sentinel_data_connector_azure_active_directory" "sign_ins" {
  name                       = "sign-ins"
  log_analytics_workspace_id = azurerm_sentinel_log_analytics_workspace_onboarding.security.workspace_id
}
