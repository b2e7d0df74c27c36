resource "azurerm_kubernetes_cluster" "two" {
  name                = "two"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "two"

  addon_profile {
    kube_dashboard {
      enabled = true # expect: fail retired_add_ons
    }
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
