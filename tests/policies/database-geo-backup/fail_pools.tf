resource "azurerm_synapse_sql_pool" "orders" {
  name                 = "orders"
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
  sku_name             = "DW100c"

  geo_backup_policy_enabled = false # expect: fail backup.cross_region
}

resource "azurerm_synapse_workspace" "reports" {
  name                                 = "reports"
  resource_group_name                  = "rg"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "files"
}
