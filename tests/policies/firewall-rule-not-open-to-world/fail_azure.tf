resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  resource_group_name = "rg-app"
  location            = "westeurope"

  security_rule {
    name                       = "inside"
    priority                   = 100
    access                     = "Allow"
    direction                  = "Inbound"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "*" # expect: fail rule.open_to_world
    destination_port_range     = "8080"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_rule" "all" {
  name                        = "all"
  resource_group_name         = "rg-app"
  network_security_group_name = "nsg-app"
  priority                    = 100
  access                      = "Allow"
  direction                   = "Inbound"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "Internet" # expect: fail rule.open_to_world
  destination_port_range      = "8080"
  destination_address_prefix  = "*"
}
