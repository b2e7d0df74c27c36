resource "azurerm_dns_zone" "shop" { # expect: unknown signed
  name                = "shop.example.org"
  resource_group_name = "rg"
}
