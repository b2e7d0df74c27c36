variable "choice" {}

resource "azurerm_virtual_network_gateway_connection" "office" {
  name                       = "office"
  resource_group_name        = "rg"
  location                   = "westeurope"
  type                       = "IPsec"
  virtual_network_gateway_id = azurerm_virtual_network_gateway.hub.id
  local_network_gateway_id   = azurerm_local_network_gateway.office.id
  shared_key                 = var.choice
}
