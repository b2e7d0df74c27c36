variable "name" {}

variable "prefix" {}

resource "azurerm_virtual_network" "main" {
  name                = "main"
  resource_group_name = "rg"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}

# It may be that of a gateway, which may have no group.
resource "azurerm_subnet" "any" {
  name                 = var.name # expect: unknown network_security_group
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.0.0/24"]
}

resource "azurerm_subnet" "data" { # expect: fail network_security_group
  name                 = "${var.prefix}-data"
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.1.0/24"]
}
