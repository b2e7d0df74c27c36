variable "zones" {}

resource "azurerm_redis_cache" "sound" {
  name                = "sound"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
  zones               = ["1", "2"]
}

resource "azurerm_redis_cache" "faulty" {
  name                = "faulty"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
  zones               = ["1"] # expect: fail ha.multi_zone
}

resource "azurerm_redis_cache" "open" {
  name                = "open"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
  zones               = var.zones # expect: unknown ha.multi_zone
}
