resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  source_image_reference {
    publisher = "Canonical" # expect: fail image
    offer     = "UbuntuServer"
    sku       = "18.04-LTS"
    version   = "latest"
  }
}

resource "azurerm_windows_virtual_machine" "desk" {
  name                  = "desk"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  source_image_reference {
    publisher = "MicrosoftWindowsServer" # expect: fail image
    offer     = "WindowsServer"
    sku       = "2012-R2-Datacenter"
    version   = "latest"
  }
}

resource "azurerm_linux_virtual_machine" "batch" {
  name                  = "batch"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  source_image_reference {
    publisher = "OpenLogic" # expect: fail image
    offer     = "CentOS"
    sku       = "7_9-gen2"
    version   = "latest"
  }
}

resource "azurerm_linux_virtual_machine" "interim" {
  name                = "interim"
  resource_group_name = "shop"
  location            = "westeurope"

  source_image_reference {
    publisher = "Canonical" # expect: fail image
    offer     = "ubuntu-25_04"
    sku       = "server"
    version   = "latest"
  }
}

resource "azurerm_linux_virtual_machine" "service_pack" {
  name                = "service-pack"
  resource_group_name = "shop"
  location            = "westeurope"

  source_image_reference {
    publisher = "SUSE" # expect: fail image
    offer     = "sles-15-sp5"
    sku       = "gen2"
    version   = "latest"
  }
}

resource "azurerm_windows_virtual_machine" "annual" {
  name                = "annual"
  resource_group_name = "shop"
  location            = "westeurope"

  source_image_reference {
    publisher = "MicrosoftWindowsServer" # expect: fail image
    offer     = "WindowsServer"
    sku       = "datacenter-core-20h2-with-containers-smalldisk"
    version   = "latest"
  }
}
