resource "azurerm_postgresql_server" "older" { # expect: unknown connections.throttled
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"
}
