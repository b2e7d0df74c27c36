resource "azurerm_search_service" "search" {
  name                = "search"
  resource_group_name = "rg"
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_data_factory" "factory" {
  name                = "factory"
  resource_group_name = "rg"
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_api_management" "apim" {
  name                = "apim"
  resource_group_name = "rg"
  identity {
    type = "SystemAssigned"
  }
}
