resource "azurerm_kubernetes_cluster" "silent" { # expect: fail policies_enforced
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

resource "azurerm_kubernetes_cluster" "off" {
  name                = "off"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "off"
  azure_policy_enabled = false # expect: fail policies_enforced

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
