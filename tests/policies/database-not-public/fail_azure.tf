resource "azurerm_postgresql_flexible_server" "orders" {
  name                          = "orders"
  resource_group_name           = "rg-orders"
  location                      = "westeurope"
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_postgresql_flexible_server" "unset" { # expect: fail network.public
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}
