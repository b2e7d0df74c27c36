resource "azurerm_virtual_machine" "old" {
  name                  = "old"
  resource_group_name   = "rg"
  location              = "westeurope"
  vm_size               = "Standard_D2s_v5"
  network_interface_ids = []
  storage_os_disk { # expect: fail managed_disks
    name          = "os"
    create_option = "FromImage"
    vhd_uri       = "https://orders.blob.core.windows.net/vhds/os.vhd"
  }
}
