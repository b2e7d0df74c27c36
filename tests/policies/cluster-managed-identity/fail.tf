resource "azurerm_kubernetes_cluster" "faulty" {
  name                = "faulty"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "faulty"

  service_principal {
    client_id     = "00000000-0000-0000-0000-000000000001" # expect: fail managed_identity
    client_secret = var.secret
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

variable "secret" {}
