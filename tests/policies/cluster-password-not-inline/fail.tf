resource "azurerm_kubernetes_cluster" "written" {
  name                = "written"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "written"
  service_principal {
    client_id     = "5a3f0e1c-0000-0000-0000-000000000000"
    client_secret = "not-a-good-one-1" # expect: fail inline_secrets
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "windows" {
  name                = "windows"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "windows"
  windows_profile {
    admin_username = "ops"
    admin_password = "not-a-good-one-2" # expect: fail inline_secrets
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_batch_pool" "nodes" {
  name                = "nodes"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_D2DS_V5"
  user_accounts {
    name            = "ops"
    password        = "not-a-good-one-3" # expect: fail inline_secrets
    elevation_level = "Admin"
  }

  storage_image_reference {
    publisher = "canonical"
    offer     = "0001-com-ubuntu-server-jammy"
    sku       = "22_04-lts"
    version   = "latest"
  }
}
