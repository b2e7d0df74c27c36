variable "same" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction_default_action = "Deny"
    scm_use_main_ip_restriction   = var.same # expect: unknown network.publishing_public
  }
}
