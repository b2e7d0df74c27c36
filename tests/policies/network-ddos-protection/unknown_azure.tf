variable "choice" {
  type = bool
}

resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]

  ddos_protection_plan {
    id     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/ddosProtectionPlans/corp"
    enable = var.choice # expect: unknown ddos_protection
  }
}
