variable "chosen" {}

resource "azurerm_synapse_workspace" "reports" {
  name                = "reports"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_synapse_workspace_security_alert_policy" "reports" {
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
  policy_state         = "Disabled"
}

resource "azurerm_synapse_sql_pool" "orders" {
  name                 = "orders"
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
  sku_name             = "DW100c"
  create_mode          = "Default"
}

resource "azurerm_synapse_sql_pool_security_alert_policy" "orders" {
  sql_pool_id  = azurerm_synapse_sql_pool.orders.id
  policy_state = "Disabled" # expect: fail threat_detection
}
