resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_virtual_machine_extension" "guard" {
  name                 = "guard"
  virtual_machine_id   = azurerm_linux_virtual_machine.web.id
  publisher            = "Microsoft.Azure.Security"
  type                 = "MDE.Linux"
  type_handler_version = "1.0"
}

resource "azurerm_windows_virtual_machine_scale_set" "fleet" {
  name                = "fleet"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard_D2s_v5"
  instances           = 2
  extension {
    name                 = "guard"
    publisher            = "Microsoft.Azure.Security"
    type                 = "IaaSAntimalware"
    type_handler_version = "1.3"
  }
}
