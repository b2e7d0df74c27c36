resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  
}

resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = azurerm_linux_web_app.shop.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log {
    category = "AppServiceHTTPLogs"
  }
}
