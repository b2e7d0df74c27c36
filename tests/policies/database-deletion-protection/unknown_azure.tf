variable "choice" {
  type = string
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
}

resource "azurerm_management_lock" "keep" {
  name       = "keep"
  scope      = var.choice # expect: unknown deletion_protection
  lock_level = "CanNotDelete"
}
