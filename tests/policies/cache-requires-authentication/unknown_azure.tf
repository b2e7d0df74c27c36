variable "choice" {
  type = bool
}

resource "azurerm_redis_cache" "sessions" {
  name                = "sessions"
  resource_group_name = "rg-app"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app/providers/Microsoft.Network/virtualNetworks/hub/subnets/cache"

  redis_configuration {
    authentication_enabled = var.choice # expect: unknown auth.required
  }
}
