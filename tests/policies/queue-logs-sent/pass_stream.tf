variable "workspace" {}

resource "azurerm_eventhub_namespace" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = azurerm_eventhub_namespace.hub.id
  log_analytics_workspace_id = var.workspace

  enabled_log {
    category_group = "audit"
  }
}
