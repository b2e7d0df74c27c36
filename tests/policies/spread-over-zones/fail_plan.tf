resource "azurerm_service_plan" "shop" {
  name                   = "shop"
  resource_group_name    = "rg"
  location               = "westeurope"
  os_type                = "Linux"
  sku_name               = "P1v3"
  worker_count           = 3
  zone_balancing_enabled = false # expect: fail ha.multi_zone
}
