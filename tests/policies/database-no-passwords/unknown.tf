variable "chosen" {}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = var.chosen # expect: unknown auth.passwords
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
    azuread_authentication_only = var.chosen # expect: unknown auth.passwords
  }
}
