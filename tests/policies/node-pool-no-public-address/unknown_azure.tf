variable "choice" {
  type = bool
}

resource "azurerm_kubernetes_cluster" "app" {
  name                = "aks-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
  dns_prefix          = "app"

  default_node_pool {
    name                   = "system"
    node_count             = 3
    vm_size                = "Standard_D2s_v5"
    node_public_ip_enabled = var.choice # expect: unknown public_ip
  }

  identity {
    type = "SystemAssigned"
  }
}
