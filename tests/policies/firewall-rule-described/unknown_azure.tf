variable "choice" {
  type = string
}

resource "azurerm_network_security_rule" "web" {
  description                 = var.choice # expect: unknown rule.description
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
