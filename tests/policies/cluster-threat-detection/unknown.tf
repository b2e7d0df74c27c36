variable "chosen" {}

resource "azurerm_kubernetes_cluster" "watched" {
  name                = "watched"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "watched"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_security_center_subscription_pricing" "containers" {
  resource_type = "Containers"
  tier          = var.chosen # expect: unknown threat_detection
}
