resource "azurerm_container_registry" "images" { # expect: fail ha.multi_region
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
}
