resource "azurerm_container_group" "jobs" { # expect: fail managed_identity
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
}

resource "azurerm_logic_app_workflow" "mail" { # expect: fail managed_identity
  name                = "mail"
  resource_group_name = "rg"
  location            = "westeurope"
}
