resource "azurerm_container_registry" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = false
}
