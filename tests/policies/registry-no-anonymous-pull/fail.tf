resource "azurerm_container_registry" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  anonymous_pull_enabled = true # expect: fail anonymous_pull
}
