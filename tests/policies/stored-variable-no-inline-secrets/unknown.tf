variable "hidden" {}

resource "azurerm_api_management_named_value" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders"
  secret              = var.hidden # expect: unknown inline_secrets
  value               = "not-a-good-one"
}
