resource "azurerm_firewall" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  threat_intel_mode   = "Deny"
}

resource "azurerm_firewall_policy" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  threat_intelligence_mode = "Deny"
}
