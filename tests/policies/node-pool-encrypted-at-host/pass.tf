resource "azurerm_kubernetes_cluster" "main" {
  name                = "main"
  resource_group_name = "rg"
  location            = "westeurope"
  dns_prefix          = "main"

  identity {
    type = "SystemAssigned"
  }

  default_node_pool {
    name    = "system"
    vm_size = "Standard_D2ds_v5"
    host_encryption_enabled = true
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                  = "jobs"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  vm_size               = "Standard_D2ds_v5"
  enable_host_encryption = true
}

resource "azurerm_batch_pool" "whole" {
  name                = "whole"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_D2DS_V5"
  security_profile {
    host_encryption_enabled = true
  }

  storage_image_reference {
    publisher = "canonical"
    offer     = "0001-com-ubuntu-server-jammy"
    sku       = "22_04-lts"
    version   = "latest"
  }
}

resource "azurerm_batch_pool" "disks" {
  name                = "disks"
  resource_group_name = "rg"
  account_name        = "jobs"
  node_agent_sku_id   = "batch.node.ubuntu 22.04"
  vm_size             = "STANDARD_D2DS_V5"
  disk_encryption {
    disk_encryption_target = "OsDisk"
  }

  disk_encryption {
    disk_encryption_target = "TemporaryDisk"
  }

  storage_image_reference {
    publisher = "canonical"
    offer     = "0001-com-ubuntu-server-jammy"
    sku       = "22_04-lts"
    version   = "latest"
  }
}
