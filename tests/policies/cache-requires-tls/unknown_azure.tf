variable "choice" {
  type = bool
}

resource "azurerm_redis_cache" "sessions" {
  name                 = "sessions"
  resource_group_name  = "rg-app"
  location             = "westeurope"
  capacity             = 1
  family               = "P"
  sku_name             = "Premium"
  non_ssl_port_enabled = var.choice # expect: unknown tls.required
}
