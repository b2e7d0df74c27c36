resource "azurerm_api_management_named_value" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apis"
  display_name        = "orders-api-key"
  secret              = false # expect: fail encryption.at_rest
  value               = var.key
}

variable "key" {}
