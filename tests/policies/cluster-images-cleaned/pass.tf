resource "azurerm_kubernetes_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "chosen"
  image_cleaner_enabled = true

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
