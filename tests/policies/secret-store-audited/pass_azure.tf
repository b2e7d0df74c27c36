resource "azurerm_key_vault" "payments" {
  name                = "kv-payments"
  resource_group_name = "rg-payments"
  location            = "westeurope"
  tenant_id           = "00000000-0000-0000-0000-000000000000"
  sku_name            = "standard"
}

resource "azurerm_monitor_diagnostic_setting" "audit" {
  name                       = "audit"
  target_resource_id         = azurerm_key_vault.payments.id
  log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit"

  enabled_log {
    category = "AuditEvent"
  }
}

resource "azurerm_key_vault" "older" {
  name                = "kv-payments"
  resource_group_name = "rg-payments"
  location            = "westeurope"
  tenant_id           = "00000000-0000-0000-0000-000000000000"
  sku_name            = "standard"
}

# As azurerm before 3.39 spells it.
resource "azurerm_monitor_diagnostic_setting" "older" {
  name                       = "older"
  target_resource_id         = azurerm_key_vault.older.id
  log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit"

  log {
    category = "AuditEvent"
    enabled  = true
  }
}
