resource "azurerm_servicebus_namespace" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_eventhub_namespace" "a1" {
  name                = "a1"
  resource_group_name = "rg"
  location            = "westeurope"
  local_authentication_enabled = true # expect: fail shared_key_access
}
