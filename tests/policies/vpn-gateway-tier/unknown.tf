variable "choice" {}

resource "azurerm_virtual_network_gateway" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  type                = "Vpn"
  sku                 = var.choice # expect: unknown basic_tier
}
