resource "azurerm_virtual_network" "main" {
  name                = "main"
  resource_group_name = "rg-net"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}

resource "azurerm_network_watcher_flow_log" "main" {
  name                 = "main"
  resource_group_name  = "rg-net"
  network_watcher_name = "watcher"
  target_resource_id   = azurerm_virtual_network.main.id
  storage_account_id   = "/subscriptions/1/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/flows"
  enabled              = true
  retention_policy {
    enabled = true
    days    = 365
  }
  traffic_analytics {
    enabled               = false # expect: fail flow_logs.analysed
    workspace_id          = "00000000-0000-0000-0000-000000000000"
    workspace_region      = "westeurope"
    workspace_resource_id = "/subscriptions/1/resourceGroups/rg-net/providers/Microsoft.OperationalInsights/workspaces/logs"
  }
}
