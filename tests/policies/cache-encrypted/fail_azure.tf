# The two smallest sizes keep what is on their disks as it is.
resource "azurerm_redis_cache" "small" {
  name                = "small"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 0 # expect: fail encryption.at_rest
  family              = "C"
  sku_name            = "Basic"
}
