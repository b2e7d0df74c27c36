resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"

  high_availability {
    mode = "SameZone" # expect: fail ha.multi_zone
  }
}

resource "azurerm_postgresql_flexible_server" "unset" { # expect: fail ha.multi_zone
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}
