variable "choice" {}

resource "azurerm_cdn_frontdoor_profile" "front" {
  name                = "front"
  resource_group_name = "rg"
  sku_name            = "Standard_AzureFrontDoor"
}

resource "azurerm_cdn_frontdoor_endpoint" "front" {
  name                     = "front"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}

resource "azurerm_cdn_frontdoor_origin_group" "unset" {
  name                     = "unset"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}

resource "azurerm_cdn_frontdoor_origin" "unset" {
  name                           = "unset"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.unset.id
  host_name                      = "unset.example.org"
  certificate_name_check_enabled = true
}

resource "azurerm_cdn_frontdoor_route" "unset" {
  name                          = "unset"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.front.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.unset.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.unset.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
}

resource "azurerm_cdn_frontdoor_origin_group" "sound" {
  name                     = "sound"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}

resource "azurerm_cdn_frontdoor_origin" "sound" {
  name                           = "sound"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.sound.id
  host_name                      = "sound.example.org"
  certificate_name_check_enabled = true
}

resource "azurerm_cdn_frontdoor_route" "sound" {
  name                          = "sound"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.front.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.sound.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.sound.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  forwarding_protocol           = "HttpsOnly"
}

resource "azurerm_cdn_frontdoor_origin_group" "plain" {
  name                     = "plain"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}

resource "azurerm_cdn_frontdoor_origin" "plain" {
  name                           = "plain"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.plain.id
  host_name                      = "plain.example.org"
  certificate_name_check_enabled = true
}

resource "azurerm_cdn_frontdoor_route" "plain" {
  name                          = "plain"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.front.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.plain.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.plain.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  forwarding_protocol           = "HttpOnly" # expect: fail encryption.in_transit
}

resource "azurerm_cdn_frontdoor_origin_group" "open" {
  name                     = "open"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}

resource "azurerm_cdn_frontdoor_origin" "open" {
  name                           = "open"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.open.id
  host_name                      = "open.example.org"
  certificate_name_check_enabled = true
}

resource "azurerm_cdn_frontdoor_route" "open" {
  name                          = "open"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.front.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.open.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.open.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  forwarding_protocol           = var.choice # expect: unknown encryption.in_transit
}

resource "azurerm_cdn_frontdoor_origin" "of_another" {
  name                           = "of_another"
  cdn_frontdoor_origin_group_id  = var.choice # expect: unknown encryption.in_transit
  host_name                      = "other.example.org"
  certificate_name_check_enabled = true
}
