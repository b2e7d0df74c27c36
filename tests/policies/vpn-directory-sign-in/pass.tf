resource "azurerm_virtual_network_gateway" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  type                = "Vpn"
  sku                 = "VpnGw1AZ"

  vpn_client_configuration {
    address_space  = ["10.9.0.0/24"]
    vpn_auth_types = ["AAD"]
  }
}
