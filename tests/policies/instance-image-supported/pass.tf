resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
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
    publisher = "MicrosoftWindowsServer"
    offer     = "WindowsServer"
    sku       = "2022-datacenter-g2"
    version   = "latest"
  }
}

resource "azurerm_linux_virtual_machine" "service_pack" {
  name                = "service-pack"
  resource_group_name = "shop"
  location            = "westeurope"

  source_image_reference {
    publisher = "SUSE"
    offer     = "sles-15-sp7"
    sku       = "gen2"
    version   = "latest"
  }
}

resource "azurerm_windows_virtual_machine" "core" {
  name                = "core"
  resource_group_name = "shop"
  location            = "westeurope"

  source_image_reference {
    publisher = "MicrosoftWindowsServer"
    offer     = "WindowsServer"
    sku       = "2022-datacenter-core-g2"
    version   = "latest"
  }
}
