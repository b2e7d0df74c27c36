resource "azurerm_cognitive_account" "speech" {
  name                = "speech"
  resource_group_name = "rg"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = azurerm_cognitive_account.speech.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log { category_group = "allLogs" }
}

resource "azurerm_eventgrid_topic" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_monitor_diagnostic_setting" "orders" {
  name                       = "orders"
  target_resource_id         = azurerm_eventgrid_topic.orders.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log { category = "DeliveryFailures" }
}

resource "azurerm_container_group" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"

  diagnostics {
    log_analytics {
      workspace_id  = azurerm_log_analytics_workspace.logs.workspace_id
      workspace_key = azurerm_log_analytics_workspace.logs.primary_shared_key
    }
  }
}

resource "azurerm_container_app_environment" "apps" {
  name                       = "apps"
  resource_group_name        = "rg"
  location                   = "westeurope"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
}
