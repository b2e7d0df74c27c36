variable "chosen" {}

resource "azurerm_container_registry" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  data_endpoint_enabled = var.chosen # expect: unknown own_data_endpoints
}
