variable "choice" {
  type = string
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"

  high_availability {
    mode = var.choice # expect: unknown ha.multi_zone
  }
}
