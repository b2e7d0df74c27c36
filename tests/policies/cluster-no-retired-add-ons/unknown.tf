variable "chosen" {}

resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "open"
  http_application_routing_enabled = var.chosen # expect: unknown retired_add_ons

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
