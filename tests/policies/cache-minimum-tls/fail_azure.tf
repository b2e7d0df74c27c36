terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 2.99"
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
  minimum_tls_version = "1.1" # expect: fail tls.min_version
}

resource "azurerm_redis_cache" "by_default" { # expect: fail tls.min_version
  name                = "sessions-default"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
