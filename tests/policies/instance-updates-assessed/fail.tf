resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  patch_assessment_mode = "ImageDefault" # expect: fail patches.assessed
}

resource "azurerm_windows_virtual_machine" "desk" { # expect: fail patches.assessed
  name                  = "desk"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}
