variable "choice" {}

resource "azurerm_firewall_policy" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"

  intrusion_detection {
    mode = var.choice # expect: unknown intrusion_detection
  }
}
