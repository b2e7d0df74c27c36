variable "size" {}

resource "azurerm_redis_cache" "some" {
  name                = "some"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = var.size # expect: unknown encryption.at_rest
  family              = "C"
  sku_name            = "Standard"
}
