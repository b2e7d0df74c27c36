terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
  }
}

resource "azurerm_redis_cache" "named" {
  name                = "sessions-named"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  minimum_tls_version = "1.2"
}

# Since azurerm 5.0 it is the default.
resource "azurerm_redis_cache" "by_default" {
  name                = "sessions-default"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
