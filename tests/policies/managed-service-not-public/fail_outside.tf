resource "azurerm_api_management" "orders" {
  name                 = "orders"
  resource_group_name  = "rg"
  location             = "westeurope"
  publisher_name       = "shop"
  publisher_email      = "api@shop.example"
  sku_name             = "Developer_1"
  virtual_network_type = "External" # expect: fail network.public
}
