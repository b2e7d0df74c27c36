resource "azurerm_managed_disk" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = true # expect: fail network.public
}
