resource "azurerm_app_configuration" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                      = "standard"
  purge_protection_enabled = false # expect: fail purge_protection
}

resource "azurerm_app_configuration" "silent" { # expect: fail purge_protection
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                      = "standard"
}
