resource "azurerm_subnet" "app" { # expect: fail network_security_group
  name                 = "app"
  resource_group_name  = "rg-app"
  virtual_network_name = "hub"
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg-app"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]

  subnet { # expect: fail network_security_group
    name             = "data"
    address_prefixes = ["10.0.2.0/24"]
  }
}
