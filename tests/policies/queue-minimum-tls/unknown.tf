variable "value" {}

resource "azurerm_servicebus_namespace" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  minimum_tls_version = var.value # expect: unknown tls.min_version
}
