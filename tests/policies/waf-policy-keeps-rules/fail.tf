resource "azurerm_web_application_firewall_policy" "off" {
  name                = "off"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"

      rule_group_override {
        rule_group_name = "JAVA"

        rule {
          id      = "944240" # expect: fail waf.rules_off
          enabled = false
        }
      }
    }
  }
}

resource "azurerm_web_application_firewall_policy" "unsaid" {
  name                = "unsaid"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"

      rule_group_override {
        rule_group_name = "JAVA"

        rule {
          id      = "944240" # expect: fail waf.rules_off
        }
      }
    }
  }
}
