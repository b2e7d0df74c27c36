resource "azurerm_linux_virtual_machine" "web" { # expect: fail boot_diagnostics
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_virtual_machine" "old" {
  name                  = "old"
  resource_group_name   = "rg"
  location              = "westeurope"
  vm_size               = "Standard_D2s_v5"
  network_interface_ids = []
  boot_diagnostics {
    enabled     = false # expect: fail boot_diagnostics
    storage_uri = "https://orders.blob.core.windows.net/"
  }
}
