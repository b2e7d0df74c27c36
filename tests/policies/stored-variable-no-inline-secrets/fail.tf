resource "azurerm_api_management_named_value" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders-api-key"
  secret              = true
  value               = "not-a-good-one" # expect: fail inline_secrets
}

resource "azurerm_automation_variable_string" "password" {
  name                    = "password"
  resource_group_name     = "rg"
  automation_account_name = "runbooks"
  encrypted               = true
  value                   = "not-a-good-one" # expect: fail inline_secrets
}
