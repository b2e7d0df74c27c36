resource "azurerm_kubernetes_cluster" "silent" { # expect: fail encryption.customer_managed_key
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "silent"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
