resource "azurerm_resource_provider_registration" "network" {
  name = "Microsoft.Network"
  feature {
    name       = "DisableNetworkWatcherAutocreation"
    registered = true # expect: fail watched
  }
}
resource "azurerm_network_watcher" "elsewhere" {
  name                = "watcher"
  resource_group_name = "rg"
  location            = "northeurope"
}
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}
