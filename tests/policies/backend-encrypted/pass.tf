resource "azurerm_api_management_backend" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://orders.example.org"
}

resource "azurerm_api_management_backend" "fabric" {
  name                = "fabric"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "fabric:/shop/orders"
}
