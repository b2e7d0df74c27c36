resource "azurerm_web_application_firewall_policy" "on" {
  name                = "on"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"

      rule_group_override {
        rule_group_name = "JAVA"

        rule {
          id      = "944240"
          enabled = true
        }
      }
    }
  }
}

resource "azurerm_web_application_firewall_policy" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"

      rule_group_override {
        rule_group_name = "JAVA"

        rule {
          id      = "920300"
          enabled = false
        }
      }
    }
  }
}
