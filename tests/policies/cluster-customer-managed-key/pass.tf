resource "azurerm_kubernetes_cluster" "own" {
  name                = "own"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "own"
  disk_encryption_set_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/nodes"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
