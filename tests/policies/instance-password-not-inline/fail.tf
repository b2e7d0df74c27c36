resource "azurerm_windows_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  admin_password = "correct-horse-1" # expect: fail inline_secrets
}
