data "azurerm_log_analytics_workspace" "security" {
  name                = "security"
  resource_group_name = "rg"
}

resource "azurerm_sentinel_data_connector_office_365" "mail" { # expect: unknown rules.enabled
  name                       = "mail"
  log_analytics_workspace_id = data.azurerm_log_analytics_workspace.security.id
}
