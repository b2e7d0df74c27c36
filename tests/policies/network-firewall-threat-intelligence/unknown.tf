variable "choice" {}

resource "azurerm_firewall_policy" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  threat_intelligence_mode = var.choice # expect: unknown threat_intelligence
}
