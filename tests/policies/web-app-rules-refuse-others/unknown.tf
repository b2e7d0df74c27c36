variable "office" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction_default_action = var.office # expect: unknown network.rules_let_in_all

    ip_restriction {
      ip_address = "198.51.100.0/24"
    }
  }
}
