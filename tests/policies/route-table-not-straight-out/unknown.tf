variable "value" {}

resource "azurerm_route_table" "app" {
  name                = "app"
  resource_group_name = "rg"
  location            = "westeurope"

  route {
    name           = "out"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = var.value # expect: unknown routes.internet
  }
}
