variable "choice" {
  type = string
}

resource "azurerm_network_security_rule" "some" {
  name                        = "some"
  resource_group_name         = "rg-app"
  network_security_group_name = "nsg-app"
  priority                    = 100
  access                      = "Allow"
  direction                   = "Inbound"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = var.choice # expect: unknown rule.opens_admin_port
  destination_port_range      = "22"
  destination_address_prefix  = "*"
}
