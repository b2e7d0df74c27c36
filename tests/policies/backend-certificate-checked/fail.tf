resource "azurerm_api_management_backend" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://orders.example.org"

  tls {
    validate_certificate_chain = false # expect: fail certificate_checked
    validate_certificate_name  = true
  }
}

resource "azurerm_api_management_backend" "names" {
  name                = "names"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://orders.example.org"

  tls {
    validate_certificate_name = false # expect: fail certificate_checked
  }
}

resource "azurerm_cdn_frontdoor_origin" "shop" {
  name                           = "shop"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.shop.id
  host_name                      = "shop.example.org"
  certificate_name_check_enabled = false # expect: fail certificate_checked
}
