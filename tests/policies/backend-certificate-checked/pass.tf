resource "azurerm_api_management_backend" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://orders.example.org"
}

resource "azurerm_api_management_backend" "said" {
  name                = "said"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://orders.example.org"

  tls {
    validate_certificate_chain = true
    validate_certificate_name  = true
  }
}

resource "azurerm_api_management_backend" "plain" {
  name                = "plain"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "http://orders.example.org"
}

resource "azurerm_cdn_frontdoor_origin" "shop" {
  name                           = "shop"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.shop.id
  host_name                      = "shop.example.org"
  certificate_name_check_enabled = true
}
