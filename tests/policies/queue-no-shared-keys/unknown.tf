variable "value" {}

resource "azurerm_servicebus_namespace" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  local_auth_enabled = var.value # expect: unknown shared_key_access
}
