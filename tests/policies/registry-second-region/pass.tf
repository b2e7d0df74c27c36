resource "azurerm_container_registry" "images" {
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"

  georeplications {
    location = "northeurope"
  }
}
