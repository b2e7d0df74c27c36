resource "azurerm_redis_cache" "sessions" {
  name                = "sessions"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "Standard"
  family              = "C"
  capacity            = 1
}

resource "azurerm_redis_firewall_rule" "office" {
  name                = "office"
  resource_group_name = "rg"
  redis_cache_name    = azurerm_redis_cache.sessions.name
  start_ip            = "198.51.100.0"
  end_ip              = "198.51.100.255"
}
