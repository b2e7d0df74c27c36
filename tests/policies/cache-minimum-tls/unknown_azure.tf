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

# No version of the provider is named: every one since 3.0 sends 1.2.
resource "azurerm_redis_cache" "by_default" {
  name                = "sessions-default"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
