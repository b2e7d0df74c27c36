variable "mode" {}

resource "azurerm_public_ip" "own" {
  name                 = "own"
  resource_group_name  = "rg"
  location             = "westeurope"
  allocation_method    = "Static"
  ddos_protection_mode = "Enabled"
}

resource "azurerm_public_ip" "of_network" {
  name                = "of_network"
  resource_group_name = "rg"
  location            = "westeurope"
  allocation_method   = "Static"
}

resource "azurerm_public_ip" "off" {
  name                 = "off"
  resource_group_name  = "rg"
  location             = "westeurope"
  allocation_method    = "Static"
  ddos_protection_mode = "Disabled" # expect: fail ddos_protection
}

resource "azurerm_public_ip" "open" {
  name                 = "open"
  resource_group_name  = "rg"
  location             = "westeurope"
  allocation_method    = "Static"
  ddos_protection_mode = var.mode # expect: unknown ddos_protection
}
