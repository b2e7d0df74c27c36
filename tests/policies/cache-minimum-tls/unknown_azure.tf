variable "tls" {
  type = string
}

resource "azurerm_redis_cache" "named" {
  name                = "sessions-named"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  minimum_tls_version = var.tls # expect: unknown tls.min_version
}

# No version of the provider is named, and 5.0 changed the default.
resource "azurerm_redis_cache" "by_default" { # expect: unknown tls.min_version
  name                = "sessions-default"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
