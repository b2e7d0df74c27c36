variable "target" {}

resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "standard"
}

resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = var.target # expect: unknown logs.enabled
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log { category_group = "allLogs" }
}
