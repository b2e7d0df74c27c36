resource "azurerm_cdn_frontdoor_firewall_policy" "off" {
  name                = "off"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode                = "Prevention"

  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "2.1"
    action  = "Block"

    override {
      rule_group_name = "JAVA"

      rule {
        rule_id = "944240" # expect: fail waf.rules_off
        enabled = false
        action  = "Block"
      }
    }
  }
}

resource "azurerm_cdn_frontdoor_firewall_policy" "unsaid" {
  name                = "unsaid"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  mode                = "Prevention"

  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "2.1"
    action  = "Block"

    override {
      rule_group_name = "JAVA"

      rule {
        rule_id = "944240" # expect: fail waf.rules_off
        action  = "Block"
      }
    }
  }
}
