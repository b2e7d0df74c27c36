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

    managed_rule_set {
      type    = "Microsoft_BotManagerRuleSet"
      version = "1.0"
    }
  }
}
