resource "azurerm_log_analytics_workspace" "audit" {
  name                = "log-audit"
  resource_group_name = "rg-logs"
  location            = "westeurope"
  retention_in_days   = 30 # expect: fail logs.retention_days
}

resource "azurerm_log_analytics_workspace" "unset" { # expect: fail logs.retention_days
  name                = "log-audit"
  resource_group_name = "rg-logs"
  location            = "westeurope"
}
