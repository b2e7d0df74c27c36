variable "chosen" {}

resource "azurerm_cdn_frontdoor_firewall_policy" "open" { # expect: unknown waf.rules_off
  name                = "open"
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
        rule_id = "944240"
        enabled = var.chosen
        action  = "Block"
      }
    }
  }
}
