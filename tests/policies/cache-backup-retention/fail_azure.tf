resource "azurerm_redis_cache" "sessions" {
  name                = "sessions"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"

  redis_configuration {
    rdb_backup_enabled   = false # expect: fail backup.enabled
    rdb_backup_frequency = 60
  }
}

resource "azurerm_redis_cache" "unset" { # expect: fail backup.enabled
  name                = "sessions"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
}
