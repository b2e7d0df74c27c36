resource "azurerm_app_configuration" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                      = "standard"
  purge_protection_enabled = true
}
