variable "key" {}

resource "azurerm_kubernetes_cluster" "app" {
  name                = "aks-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
  dns_prefix          = "app"

  key_management_service {
    key_vault_key_id = var.key # expect: unknown secrets_encrypted
  }

  default_node_pool {
    name       = "system"
    node_count = 3
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }
}
