resource "azurerm_kubernetes_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "chosen"
  run_command_enabled = true # expect: fail run_command

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "silent" { # expect: fail run_command
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "silent"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
