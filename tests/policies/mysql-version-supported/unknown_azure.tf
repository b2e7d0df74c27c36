variable "version" {}

resource "azurerm_mysql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "orders"
  location            = "westeurope"
  version             = var.version # expect: unknown version
}
