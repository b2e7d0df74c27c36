resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  virtual_network_subnet_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps"

  site_config {
    vnet_route_all_enabled = false # expect: fail network.all_outbound_routed
  }
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    vnet_route_all_enabled = false # expect: fail network.all_outbound_routed
  }
}

resource "azurerm_app_service_virtual_network_swift_connection" "older" {
  app_service_id = azurerm_app_service.older.id
  subnet_id      = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps"
}
