variable "chosen" {}

resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "open"
  node_os_upgrade_channel = var.chosen # expect: unknown node_images.automatic

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
