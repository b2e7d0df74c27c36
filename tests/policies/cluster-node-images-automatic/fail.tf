resource "azurerm_kubernetes_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "chosen"
  node_os_upgrade_channel = "None" # expect: fail node_images.automatic

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "other"
  node_os_upgrade_channel = "Unmanaged" # expect: fail node_images.automatic

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
