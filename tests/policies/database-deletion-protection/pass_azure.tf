resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_management_lock" "keep" {
  name       = "keep"
  scope      = azurerm_postgresql_flexible_server.orders.id
  lock_level = "CanNotDelete"
}

# A lock of the group holds for everything in it.
resource "azurerm_resource_group" "shop" {
  name     = "rg-shop"
  location = "westeurope"
}

resource "azurerm_management_lock" "shop" {
  name       = "keep"
  scope      = azurerm_resource_group.shop.id
  lock_level = "CanNotDelete"
}

resource "azurerm_mysql_flexible_server" "shop" {
  name                = "shop"
  resource_group_name = azurerm_resource_group.shop.name
  location            = "westeurope"
}
