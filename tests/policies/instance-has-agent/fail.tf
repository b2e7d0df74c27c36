resource "azurerm_windows_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  provision_vm_agent = false # expect: fail agent
}

resource "azurerm_linux_virtual_machine_scale_set" "fleet" {
  name                = "fleet"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard_D2s_v5"
  instances           = 2
  provision_vm_agent = false # expect: fail agent
}
