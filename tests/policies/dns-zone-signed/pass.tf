resource "azurerm_dns_zone" "shop" {
  name                = "shop.example.org"
  resource_group_name = "rg"
}

resource "azapi_resource" "signing" {
  type      = "Microsoft.Network/dnsZones/dnssecConfigs@2023-07-01-preview"
  name      = "default"
  parent_id = azurerm_dns_zone.shop.id
}
