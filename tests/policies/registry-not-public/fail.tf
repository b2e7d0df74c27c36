resource "azurerm_container_registry" "a0" { # expect: fail network.public
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = true
}
