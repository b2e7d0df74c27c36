resource "azurerm_container_registry" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  admin_enabled = true # expect: fail admin_user
}
