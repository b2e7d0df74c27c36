variable "newer" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    http2_enabled = var.newer # expect: unknown http2
  }
}
