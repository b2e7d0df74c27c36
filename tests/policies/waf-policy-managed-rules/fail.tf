resource "azurerm_cdn_frontdoor_firewall_policy" "door" { # expect: fail waf.managed_rules
  name                = "door"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode = "Prevention"
}
