resource "azurerm_storage_account" "orders" {
  name = "orders"
  public_network_access_enabled = false
}
resource "azurerm_cdn_frontdoor_profile" "fd" {
  name     = "fd"
  sku_name = "Premium_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "fe" {
  name                     = "fe"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}
resource "azurerm_cdn_frontdoor_origin_group" "og" {
  name                     = "og"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}
resource "azurerm_cdn_frontdoor_origin" "o" {
  name                           = "o"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.og.id
  host_name                      = azurerm_storage_account.orders.primary_blob_host
  certificate_name_check_enabled = true
  private_link {
    location = "westeurope"
    private_link_target_id = azurerm_storage_account.orders.id
  }
}
resource "azurerm_cdn_frontdoor_route" "r" { # expect: fail network.published
  name                          = "r"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.fe.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.o.id]
  supported_protocols           = ["Https"]
  patterns_to_match             = ["/*"]
}
