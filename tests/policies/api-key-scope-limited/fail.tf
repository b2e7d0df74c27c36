resource "azurerm_api_management_subscription" "all" { # expect: fail scope
  subscription_id     = "all"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "all"
}
