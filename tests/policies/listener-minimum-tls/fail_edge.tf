resource "azurerm_cdn_frontdoor_custom_domain" "shop" {
  name                     = "shop-example"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.edge.id
  host_name                = "shop.example.org"

  tls {
    certificate_type    = "ManagedCertificate"
    minimum_tls_version = "TLS10" # expect: fail tls.min_version
  }
}

resource "azurerm_cdn_endpoint_custom_domain" "pictures" {
  name            = "pictures-example"
  cdn_endpoint_id = azurerm_cdn_endpoint.pictures.id
  host_name       = "pictures.example.org"

  cdn_managed_https {
    certificate_type = "Dedicated"
    protocol_type    = "ServerNameIndication"
    tls_version      = "None" # expect: fail tls.min_version
  }
}
