variable "enabled" {}

resource "azurerm_network_ddos_protection_plan" "corp" {
  name                = "corp"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]

  ddos_protection_plan {
    id     = azurerm_network_ddos_protection_plan.corp.id
    enable = var.enabled # expect: unknown covers_network
  }
}
