variable "choice" {
  type = bool
}

resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}

resource "azurerm_network_watcher_flow_log" "hub" {
  name                 = "hub"
  network_watcher_name = "watcher"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_virtual_network.hub.id
  storage_account_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/flows"
  enabled              = var.choice # expect: unknown flow_logs

  retention_policy {
    enabled = true
    days    = 90
  }
}
