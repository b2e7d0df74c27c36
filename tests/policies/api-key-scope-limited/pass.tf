resource "azurerm_api_management_subscription" "product" {
  subscription_id     = "product"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "product"
  product_id          = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/shop/products/orders"
}

resource "azurerm_api_management_subscription" "api" {
  subscription_id     = "api"
  resource_group_name = "rg"
  api_management_name = "shop"
  display_name        = "api"
  api_id              = azurerm_api_management_api.orders.id
}

resource "azurerm_api_management_api" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "shop"
  revision            = "1"
  protocols           = ["https"]
}
