variable "value" {}

resource "azurerm_linux_virtual_machine" "web" { # expect: unknown image
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
  source_image_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/own"
}
