variable "chosen" {}

resource "azurerm_api_management_product" "orders" {
  product_id            = "orders"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "orders"
  published             = true
  subscription_required = true
  approval_required     = var.chosen # expect: unknown approval_required
}
