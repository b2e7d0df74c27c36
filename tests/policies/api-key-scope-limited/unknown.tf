variable "chosen" {}

resource "azurerm_api_management_subscription" "open" {
  subscription_id     = "open"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "open"
  product_id          = var.chosen # expect: unknown scope
}
