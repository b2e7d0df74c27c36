variable "chosen" {}

resource "azurerm_app_configuration" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                      = "standard"
  purge_protection_enabled = var.chosen # expect: unknown purge_protection
}
