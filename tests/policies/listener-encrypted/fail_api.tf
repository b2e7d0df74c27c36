resource "azurerm_api_management_api" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "shop"
  revision            = "1"
  protocols           = ["https", "http"] # expect: fail https_only
}
