variable "chosen" {}

resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "open"

  dynamic "azure_active_directory_role_based_access_control" { # expect: unknown auth.iam
    for_each = var.chosen
    content {
      azure_rbac_enabled = true
    }
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
