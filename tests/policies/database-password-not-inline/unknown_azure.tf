variable "production" {
  type = bool
}

variable "password" {
  type      = string
  sensitive = true
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                   = "orders"
  resource_group_name    = "rg-orders"
  location               = "westeurope"
  administrator_password = var.production ? var.password : "not-a-good-one" # expect: unknown inline_secrets
}
