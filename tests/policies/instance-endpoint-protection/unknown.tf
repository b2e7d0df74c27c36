variable "value" {}

resource "azurerm_linux_virtual_machine" "other" { # expect: unknown endpoint_protection
  name                  = "other"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_virtual_machine_extension" "some" {
  name                 = "some"
  virtual_machine_id   = azurerm_linux_virtual_machine.web.id
  publisher            = "Microsoft.Azure.Security"
  type                 = var.value # expect: unknown endpoint_protection
  type_handler_version = "1.0"
}
