resource "azurerm_container_registry" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  data_endpoint_enabled = false # expect: fail own_data_endpoints
}

resource "azurerm_container_registry" "silent" { # expect: fail own_data_endpoints
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
}
