resource "azurerm_container_group" "jobs" { # expect: fail encryption.customer_managed_key
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
}
