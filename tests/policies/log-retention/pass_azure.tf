resource "azurerm_log_analytics_workspace" "audit" {
  name                = "log-audit"
  resource_group_name = "rg-logs"
  location            = "westeurope"
  retention_in_days   = 730
}
