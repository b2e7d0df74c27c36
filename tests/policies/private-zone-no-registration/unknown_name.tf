variable "zone" {}

resource "azurerm_private_dns_zone" "blob" {
  name                = var.zone # expect: unknown registers_machines
  resource_group_name = "rg"
}

resource "azurerm_private_dns_zone_virtual_network_link" "hub" {
  name                  = "hub"
  resource_group_name   = "rg"
  private_dns_zone_name = azurerm_private_dns_zone.blob.name
  virtual_network_id    = azurerm_virtual_network.hub.id
  registration_enabled  = true
}
