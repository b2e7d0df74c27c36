variable "choice" {
  type = string
}

resource "azurerm_subnet" "app" { # expect: unknown network_security_group
  name                 = "app"
  resource_group_name  = "rg-app"
  virtual_network_name = "hub"
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  resource_group_name = "rg-app"
  location            = "westeurope"
}

resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = var.choice
  network_security_group_id = azurerm_network_security_group.app.id
}
