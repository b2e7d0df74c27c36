resource "azurerm_eventgrid_topic" "orders" { # expect: fail tls.min_version
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}
