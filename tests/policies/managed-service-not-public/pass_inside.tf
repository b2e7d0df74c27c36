resource "azurerm_api_management" "orders" {
  name                 = "orders"
  resource_group_name  = "rg"
  location             = "westeurope"
  publisher_name       = "shop"
  publisher_email      = "api@shop.example"
  sku_name             = "Developer_1"
  virtual_network_type = "Internal"
  virtual_network_configuration {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/s"
  }
}
