resource "azurerm_network_interface" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  ip_forwarding_enabled = true # expect: fail ip_forwarding
  ip_configuration {
    name                          = "first"
    subnet_id                     = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/web"
    private_ip_address_allocation = "Dynamic"
  }
}
