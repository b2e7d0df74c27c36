resource "azurerm_virtual_network_gateway" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  type                = "Vpn"
  sku                 = "VpnGw1AZ"
}
