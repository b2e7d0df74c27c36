resource "azurerm_kubernetes_cluster" "faulty" { # expect: fail auth.iam
  name                = "faulty"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "faulty"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
