resource "azurerm_servicebus_namespace" "bus" { # expect: fail logs.enabled
  name                = "bus"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}
