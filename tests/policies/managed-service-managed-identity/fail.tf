resource "azurerm_search_service" "search" { # expect: fail managed_identity
  name                = "search"
  resource_group_name = "rg"
}

resource "azurerm_data_factory" "factory" { # expect: fail managed_identity
  name                = "factory"
  resource_group_name = "rg"
}

resource "azurerm_api_management" "apim" { # expect: fail managed_identity
  name                = "apim"
  resource_group_name = "rg"
}
