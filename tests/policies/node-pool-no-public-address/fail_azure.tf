resource "azurerm_kubernetes_cluster" "app" {
  name                = "aks-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
  dns_prefix          = "app"

  default_node_pool {
    name                   = "system"
    node_count             = 3
    vm_size                = "Standard_D2s_v5"
    node_public_ip_enabled = true # expect: fail public_ip
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "older" {
  name                  = "older"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.app.id
  vm_size               = "Standard_D2s_v5"
  enable_node_public_ip = true # expect: fail public_ip
}
