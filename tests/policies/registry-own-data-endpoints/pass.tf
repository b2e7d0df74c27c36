resource "azurerm_container_registry" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  data_endpoint_enabled = true
}
