resource "azurerm_api_management_product" "orders" {
  product_id            = "orders"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "orders"
  published             = true
  subscription_required = false # expect: fail subscription_required
}

resource "azurerm_api_management_product" "silent" {
  product_id            = "silent"
  resource_group_name   = "rg"
  api_management_name   = "shop"
  display_name          = "silent"
  published             = true # expect: fail approval_required
  subscription_required = true
}
