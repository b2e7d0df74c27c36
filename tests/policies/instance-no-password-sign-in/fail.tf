resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  disable_password_authentication = false # expect: fail password_sign_in
}

resource "azurerm_virtual_machine" "old" {
  name                  = "old"
  resource_group_name   = "rg"
  location              = "westeurope"
  vm_size               = "Standard_D2s_v5"
  network_interface_ids = []
  os_profile_linux_config {
    disable_password_authentication = false # expect: fail password_sign_in
  }
}
