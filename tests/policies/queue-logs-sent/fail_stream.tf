resource "azurerm_eventhub_namespace" "hub" { # expect: fail logs.enabled
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}
