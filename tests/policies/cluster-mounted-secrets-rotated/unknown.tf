variable "chosen" {}

resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "open"

  key_vault_secrets_provider {
    secret_rotation_interval = "2m"
    secret_rotation_enabled  = var.chosen # expect: unknown mounted_secrets.rotated
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
