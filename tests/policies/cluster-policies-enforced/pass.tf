resource "azurerm_kubernetes_cluster" "held" {
  name                = "held"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "held"
  azure_policy_enabled = true

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "older"
  addon_profile {
    azure_policy {
      enabled = true
    }
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
