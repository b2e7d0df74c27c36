resource "azurerm_kubernetes_cluster" "sound" {
  name                = "sound"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "sound"

  azure_active_directory_role_based_access_control {
    azure_rbac_enabled = true
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
