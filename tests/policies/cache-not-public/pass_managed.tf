resource "azurerm_managed_redis" "carts" {
  name                  = "carts"
  resource_group_name   = "rg"
  location              = "westeurope"
  sku_name              = "Balanced_B3"
  public_network_access = "Disabled"
}
