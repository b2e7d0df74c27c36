resource "azurerm_kubernetes_cluster" "watched" {
  name                = "watched"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "watched"
  microsoft_defender {
    log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  location            = "westeurope"
  retention_in_days   = 90
}
