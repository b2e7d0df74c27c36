variable "workspace" {}

resource "azurerm_synapse_sql_pool" "orders" {
  name                 = "orders"
  synapse_workspace_id = var.workspace # expect: unknown audit.events
  sku_name             = "DW100c"
}
