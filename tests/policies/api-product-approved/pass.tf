resource "azurerm_api_management_product" "orders" {
  product_id            = "orders"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "orders"
  published             = true
  subscription_required = true
  approval_required     = true
}

resource "azurerm_api_management_product" "draft" {
  product_id            = "draft"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "draft"
  published             = false
  subscription_required = false
}
