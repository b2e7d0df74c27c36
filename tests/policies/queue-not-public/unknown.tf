variable "value" {}

resource "azurerm_servicebus_namespace" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = var.value # expect: unknown network.public
}
