variable "value" {}

resource "azurerm_linux_virtual_machine" "web" { # expect: unknown patches.automatic
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_windows_virtual_machine" "desk" {
  name                  = "desk"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  automatic_updates_enabled = var.value # expect: unknown patches.automatic
}
