resource "azurerm_mysql_flexible_server" "innovation" {
  name                = "innovation"
  resource_group_name = "orders"
  location            = "westeurope"
  version             = "9.3" # expect: fail version
}

resource "azurerm_mysql_flexible_server" "long" {
  name                = "long"
  resource_group_name = "orders"
  location            = "westeurope"
  version             = "9.7"
}
