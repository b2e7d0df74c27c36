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
    source_address_prefix      = "10.0.0.0/8"
    destination_port_range     = "1-1024"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_rule" "web" {
  name                        = "web"
  resource_group_name         = "rg-app"
  network_security_group_name = "nsg-app"
  priority                    = 100
  access                      = "Allow"
  direction                   = "Inbound"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "Internet"
  destination_port_range      = "443"
  destination_address_prefix  = "*"
}
