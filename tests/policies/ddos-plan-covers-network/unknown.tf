resource "azurerm_network_ddos_protection_plan" "corp" { # expect: unknown covers_network
  name                = "corp"
  resource_group_name = "rg"
  location            = "westeurope"
}
