resource "azurerm_kubernetes_cluster" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "chosen"

  key_vault_secrets_provider {
    secret_rotation_interval = "2m"
    secret_rotation_enabled  = false # expect: fail mounted_secrets.rotated
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "silent" {
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "silent"

  key_vault_secrets_provider { # expect: fail mounted_secrets.rotated
    secret_rotation_interval = "2m"
  }

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}
