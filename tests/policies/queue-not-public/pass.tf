resource "azurerm_servicebus_namespace" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = false
}

resource "azurerm_eventhub_namespace" "a1" {
  name                = "a1"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = false
}
