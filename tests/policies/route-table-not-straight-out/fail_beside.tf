resource "azurerm_route_table" "app" {
  name                = "app"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_route" "out" {
  name                = "out"
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.app.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "Internet" # expect: fail routes.internet
}
