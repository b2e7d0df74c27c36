variable "key" {}

resource "azurerm_api_management_named_value" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders-api-key"
  secret              = true
  value               = var.key
}

resource "azurerm_api_management_named_value" "vault" {
  name                = "vault"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders-api-key"
  secret              = true

  value_from_key_vault {
    secret_id = "https://kv.vault.azure.net/secrets/orders"
  }
}

resource "azurerm_api_management_named_value" "address" {
  name                = "address"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders-address"
  value               = "https://orders.example.org"
}

resource "azurerm_automation_variable_string" "password" {
  name                    = "password"
  resource_group_name     = "rg"
  automation_account_name = "runbooks"
  encrypted               = true
  value                   = var.key
}
