variable "choice" {}

resource "azurerm_firewall" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_monitor_diagnostic_setting" "hub" {
  name                       = "sent"
  target_resource_id         = azurerm_firewall.hub.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log {
    category = var.choice # expect: unknown logs.enabled
  }
}
