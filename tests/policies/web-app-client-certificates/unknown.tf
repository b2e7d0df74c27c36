variable "mode" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled = true
  client_certificate_mode    = var.mode # expect: unknown client_certificates.required
}
