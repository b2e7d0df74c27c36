variable "choice" {}

resource "azurerm_web_application_firewall_policy" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  policy_settings {
    request_body_check = var.choice # expect: unknown waf.bodies_inspected
  }

  managed_rules {
    managed_rule_set {
      type    = "OWASP"
      version = "3.2"
    }
  }
}
