variable "key" {
  sensitive = true
}

resource "azurerm_vpn_gateway_connection" "office" {
  name               = "office"
  vpn_gateway_id     = azurerm_vpn_gateway.hub.id
  remote_vpn_site_id = azurerm_vpn_site.office.id

  vpn_link {
    name             = "first"
    vpn_site_link_id = azurerm_vpn_site.office.link[0].id
    shared_key       = var.key
  }

  vpn_link {
    name             = "second"
    vpn_site_link_id = azurerm_vpn_site.office.link[1].id
    shared_key       = "not-a-good-one" # expect: fail inline_secrets
  }
}
