resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  policy_settings {
    mode = "Prevention"
  }

  managed_rules {
    managed_rule_set {
      type    = "OWASP"
      version = "3.2"
    }
  }
}

resource "azurerm_cdn_frontdoor_firewall_policy" "door" {
  name                = "door"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode = "Prevention"

  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "2.1"
    action  = "Block"
  }
}
