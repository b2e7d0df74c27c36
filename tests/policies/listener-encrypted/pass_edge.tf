resource "azurerm_cdn_frontdoor_route" "all" {
  name                          = "all"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.shop.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.shop.id
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  https_redirect_enabled        = true
}

resource "azurerm_cdn_endpoint" "pictures" {
  name                = "pictures"
  profile_name        = "files"
  resource_group_name = "rg"
  location            = "westeurope"
  is_http_allowed     = false
}
