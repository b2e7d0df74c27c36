variable "url" {}

resource "azurerm_api_management_backend" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = var.url # expect: unknown encryption.in_transit
}

resource "azurerm_api_management_backend" "begins_so" {
  name                = "begins_so"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "https://${var.url}.example.org"
}

resource "azurerm_api_management_backend" "begins_otherwise" {
  name                = "begins_otherwise"
  resource_group_name = "rg"
  api_management_name = "apim"
  protocol            = "http"
  url                 = "http://${var.url}.example.org" # expect: fail encryption.in_transit
}
