resource "azurerm_container_app" "shop" {
  name                         = "shop"
  resource_group_name          = "rg"
  container_app_environment_id = azurerm_container_app_environment.apps.id
  revision_mode                = "Single"

  secret {
    name  = "db"
    value = "not-a-good-one" # expect: fail inline_secrets
  }
}
