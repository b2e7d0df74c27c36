resource "azurerm_public_ip" "front" {
  name                = "front"
  resource_group_name = "rg"
  location            = "westeurope"
  allocation_method   = "Static"
  sku                 = "Basic" # expect: fail closed_by_default
}
