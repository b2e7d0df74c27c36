variable "protocol" {}

resource "azurerm_vpn_gateway_connection" "office" {
  name               = "office"
  vpn_gateway_id     = azurerm_vpn_gateway.hub.id
  remote_vpn_site_id = azurerm_vpn_site.office.id

  vpn_link {
    name             = "first"
    vpn_site_link_id = azurerm_vpn_site.office.link[0].id
  }

  vpn_link {
    name             = "second"
    vpn_site_link_id = azurerm_vpn_site.office.link[1].id
    protocol         = "IKEv1" # expect: fail ike_version
  }

  vpn_link {
    name             = "third"
    vpn_site_link_id = azurerm_vpn_site.office.link[2].id
    protocol         = var.protocol # expect: unknown ike_version
  }
}
