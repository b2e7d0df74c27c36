variable "workspace" {}
variable "target" {}

resource "azurerm_servicebus_namespace" "bus" {
  name                = "bus"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = var.target # expect: unknown logs.enabled
  log_analytics_workspace_id = var.workspace

  enabled_log {
    category_group = "audit"
  }
}
