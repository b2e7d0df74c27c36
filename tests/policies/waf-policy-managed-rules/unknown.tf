variable "choice" {}

resource "azurerm_cdn_frontdoor_firewall_policy" "door" {
  name                = "door"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode = "Prevention"

  managed_rule {
    type    = var.choice # expect: unknown waf.managed_rules
    version = "2.1"
    action  = "Block"
  }
}
