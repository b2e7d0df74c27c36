variable "all" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  virtual_network_subnet_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps"

  site_config {
    vnet_route_all_enabled = var.all # expect: unknown network.all_outbound_routed
  }
}
