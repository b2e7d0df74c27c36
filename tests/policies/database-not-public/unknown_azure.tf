variable "choice" {
  type = bool
}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                          = "orders"
  resource_group_name           = "rg-orders"
  location                      = "westeurope"
  public_network_access_enabled = var.choice # expect: unknown network.public
}
