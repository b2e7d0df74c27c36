resource "azurerm_network_ddos_protection_plan" "corp" {
  name                = "corp"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_public_ip" "front" {
  name                    = "front"
  resource_group_name     = "rg"
  location                = "westeurope"
  allocation_method       = "Static"
  sku                     = "Standard"
  ddos_protection_mode    = "Enabled"
  ddos_protection_plan_id = azurerm_network_ddos_protection_plan.corp.id
}
