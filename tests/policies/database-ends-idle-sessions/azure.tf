resource "azurerm_postgresql_flexible_server" "kept" {
  name                = "kept"
  resource_group_name = "shop"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_configuration" "kept" {
  name      = "idle_session_timeout"
  server_id = azurerm_postgresql_flexible_server.kept.id
  value     = "600000"
}

resource "azurerm_postgresql_flexible_server" "plain" { # expect: fail session.idle_minutes
  name                = "plain"
  resource_group_name = "shop"
  location            = "westeurope"
}

resource "azurerm_mysql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "shop"
  location            = "westeurope"
}

resource "azurerm_mysql_flexible_server_configuration" "programs" {
  name                = "wait_timeout"
  server_name         = azurerm_mysql_flexible_server.orders.name
  resource_group_name = "shop"
  value               = "600"
}

resource "azurerm_mysql_flexible_server_configuration" "people" {
  name                = "interactive_timeout"
  server_name         = azurerm_mysql_flexible_server.orders.name
  resource_group_name = "shop"
  value               = "3600" # expect: fail session.idle_minutes
}

variable "timeout" {}

resource "azurerm_postgresql_flexible_server" "open" {
  name                = "open"
  resource_group_name = "shop"
  location            = "westeurope"
}

resource "azurerm_postgresql_flexible_server_configuration" "open" {
  name      = "idle_session_timeout"
  server_id = azurerm_postgresql_flexible_server.open.id
  value     = var.timeout # expect: unknown session.idle_minutes
}
