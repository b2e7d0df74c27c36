resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  policy_settings {
    mode = "Prevention"
  }

  managed_rules {
    managed_rule_set { # expect: fail waf.bot_protection
      type    = "OWASP"
      version = "3.2"
    }
  }
}
