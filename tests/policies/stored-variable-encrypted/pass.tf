resource "azurerm_automation_variable_string" "password" {
  name                    = "password"
  resource_group_name     = "rg"
  automation_account_name = "runbooks"
  encrypted               = true
}
