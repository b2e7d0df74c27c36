resource "azurerm_servicebus_namespace" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  minimum_tls_version = "1.0" # expect: fail tls.min_version
}

resource "azurerm_eventhub_namespace" "a1" {
  name                = "a1"
  resource_group_name = "rg"
  location            = "westeurope"
  minimum_tls_version = "1.0" # expect: fail tls.min_version
}
