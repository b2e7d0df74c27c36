resource "azurerm_redis_cache" "sessions" {
  name                          = "sessions"
  resource_group_name           = "rg-app"
  location                      = "westeurope"
  capacity                      = 1
  family                        = "P"
  sku_name                      = "Premium"
  public_network_access_enabled = false
}
