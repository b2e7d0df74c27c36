resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  encryption_at_host_enabled = true
}

resource "azurerm_windows_virtual_machine_scale_set" "fleet" {
  name                = "fleet"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard_D2s_v5"
  instances           = 2
  encryption_at_host_enabled = true
}
