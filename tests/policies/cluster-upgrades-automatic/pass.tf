resource "azurerm_kubernetes_cluster" "patched" {
  name                = "patched"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "patched"
  automatic_upgrade_channel = "patch"

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
  automatic_channel_upgrade = "stable"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
