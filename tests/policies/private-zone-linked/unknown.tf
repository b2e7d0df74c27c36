variable "zone" {}

resource "azurerm_private_dns_zone" "blob" { # expect: unknown linked
  name                = "privatelink.blob.core.windows.net"
  resource_group_name = "rg"
}

resource "azurerm_private_dns_zone_virtual_network_link" "hub" {
  name                  = "hub"
  resource_group_name   = "rg"
  private_dns_zone_name = var.zone
  virtual_network_id    = azurerm_virtual_network.hub.id
}
