resource "azurerm_storage_account" "orders" { # expect: fail access_logged
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

# What is sent of its files says nothing of its objects.
resource "azurerm_monitor_diagnostic_setting" "files" {
  name                       = "files"
  target_resource_id         = "${azurerm_storage_account.orders.id}/fileServices/default"
  log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit"

  enabled_log {
    category_group = "allLogs"
  }
}
