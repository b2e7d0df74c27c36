resource "azurerm_kubernetes_cluster" "shop" {
  name                = "shop"
  resource_group_name = "rg-shop"
  location            = "westeurope"
  dns_prefix          = "shop"
  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D2s_v5"
    node_count = 2
  }
  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
  }
}
