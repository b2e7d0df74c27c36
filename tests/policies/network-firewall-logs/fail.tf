resource "azurerm_firewall" "hub" { # expect: fail logs.enabled
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}
