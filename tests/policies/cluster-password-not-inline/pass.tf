variable "secret" {
  sensitive = true
}

resource "azurerm_kubernetes_cluster" "given" {
  name                = "given"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "given"
  service_principal {
    client_id     = "5a3f0e1c-0000-0000-0000-000000000000"
    client_secret = var.secret
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
  }
}

resource "azurerm_kubernetes_cluster" "without" {
  name                = "without"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "without"

  identity {
    type = "SystemAssigned"
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
    password        = var.secret
    elevation_level = "Admin"
  }

  storage_image_reference {
    publisher = "canonical"
    offer     = "0001-com-ubuntu-server-jammy"
    sku       = "22_04-lts"
    version   = "latest"
  }
}

resource "azurerm_batch_pool" "none" {
  name                = "none"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_D2DS_V5"

  storage_image_reference {
    publisher = "canonical"
    offer     = "0001-com-ubuntu-server-jammy"
    sku       = "22_04-lts"
    version   = "latest"
  }
}
