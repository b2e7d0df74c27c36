resource "azurerm_postgresql_flexible_server" "orders" {
  name                          = "orders"
  resource_group_name           = "rg-orders"
  location                      = "westeurope"
  public_network_access_enabled = false
}

resource "azurerm_postgresql_flexible_server" "inside" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"
  delegated_subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-orders/providers/Microsoft.Network/virtualNetworks/hub/subnets/data"
}
