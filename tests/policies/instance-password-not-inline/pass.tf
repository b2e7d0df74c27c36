variable "value" {
  sensitive = true
}

resource "azurerm_windows_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  admin_password = var.value
}

resource "azurerm_linux_virtual_machine" "keys" {
  name                  = "keys"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}
