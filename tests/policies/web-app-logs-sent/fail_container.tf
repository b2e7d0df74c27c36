resource "azurerm_container_app_environment" "apps" { # expect: fail logs.enabled
  name                = "apps"
  resource_group_name = "rg"
  location            = "westeurope"

}

resource "azurerm_container_app" "shop" {
  name                         = "shop"
  resource_group_name          = "rg"
  container_app_environment_id = azurerm_container_app_environment.apps.id
  revision_mode                = "Single"

}
