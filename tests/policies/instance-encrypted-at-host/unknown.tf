variable "value" {}

resource "azurerm_windows_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  encryption_at_host_enabled = var.value # expect: unknown encryption.at_host
}
