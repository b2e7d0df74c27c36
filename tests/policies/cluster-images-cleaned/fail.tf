resource "azurerm_kubernetes_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "chosen"
  image_cleaner_enabled = false # expect: fail images_cleaned

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "silent" { # expect: fail images_cleaned
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
