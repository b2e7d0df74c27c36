resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = true # expect: fail auth.passwords
  }
}

resource "azurerm_mssql_server" "ledger" {
  name                = "ledger"
  resource_group_name = "rg"
  location            = "westeurope"
  version             = "12.0"

  azuread_administrator {
    login_username              = "admins"
    object_id                   = "0f7e5a8c-0000-0000-0000-000000000000"
    azuread_authentication_only = false # expect: fail auth.passwords
  }
}

resource "azurerm_mssql_server" "silent" { # expect: fail auth.passwords
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mysql_flexible_server" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_mysql_flexible_server_configuration" "only" {
  name                = "aad_auth_only"
  resource_group_name = "rg"
  server_name         = azurerm_mysql_flexible_server.shop.name
  value               = "OFF" # expect: fail auth.passwords
}
