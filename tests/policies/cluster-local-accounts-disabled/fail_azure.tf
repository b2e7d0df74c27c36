resource "azurerm_kubernetes_cluster" "app" {
  name                   = "aks-app"
  resource_group_name    = "rg-app"
  location               = "westeurope"
  dns_prefix             = "app"
  local_account_disabled = false # expect: fail local_accounts

  default_node_pool {
    name       = "system"
    node_count = 3
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_kubernetes_cluster" "unset" { # expect: fail local_accounts
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
