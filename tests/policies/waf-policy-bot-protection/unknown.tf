variable "choice" {}

resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  policy_settings {
    mode = "Prevention"
  }

  managed_rules {
    managed_rule_set {
      type    = var.choice # expect: unknown waf.bot_protection
      version = "3.2"
    }
  }
}
