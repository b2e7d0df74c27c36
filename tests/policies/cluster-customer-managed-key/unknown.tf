variable "chosen" {}

resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "open"
  disk_encryption_set_id = var.chosen # expect: unknown encryption.customer_managed_key

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
