resource "azurerm_container_registry" "a" { # expect: fail encryption.customer_managed_key
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
}
