resource "azurerm_kubernetes_cluster" "app" {
  name                    = "aks-app"
  resource_group_name     = "rg-app"
  location                = "westeurope"
  dns_prefix              = "app"
  private_cluster_enabled = true

  default_node_pool {
    name       = "system"
    node_count = 3
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_kubernetes_cluster" "office" {
  name                = "aks-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
  dns_prefix          = "app"

  api_server_access_profile {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }

  default_node_pool {
    name       = "system"
    node_count = 3
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }
}
