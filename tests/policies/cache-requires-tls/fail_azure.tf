resource "azurerm_redis_cache" "sessions" {
  name                 = "sessions"
  resource_group_name  = "rg-app"
  location             = "westeurope"
  capacity             = 1
  family               = "P"
  sku_name             = "Premium"
  non_ssl_port_enabled = true # expect: fail tls.required
}

resource "azurerm_redis_cache" "older" {
  name                = "sessions"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
  enable_non_ssl_port = true # expect: fail tls.required
}
