resource "azurerm_firewall" "hub" { # expect: fail threat_intelligence
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_policy" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  threat_intelligence_mode = "Off" # expect: fail threat_intelligence
}
