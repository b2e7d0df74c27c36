resource "azurerm_kubernetes_cluster" "silent" { # expect: fail upgrades.automatic
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
  automatic_upgrade_channel = "none" # expect: fail upgrades.automatic

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
