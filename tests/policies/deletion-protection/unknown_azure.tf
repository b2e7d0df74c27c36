variable "locked" {
  type = bool
}

resource "azurerm_kubernetes_cluster" "app" {
  name                = "aks-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
  dns_prefix          = "app"

  default_node_pool {
    name       = "system"
    node_count = 3
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_management_lock" "kept" { # expect: unknown deletion_protection
  count      = var.locked ? 1 : 0
  name       = "kept"
  scope      = azurerm_kubernetes_cluster.app.id
  lock_level = "CanNotDelete"
}
