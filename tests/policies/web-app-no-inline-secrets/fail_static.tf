resource "azurerm_static_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"

  app_settings = {
    API_PASSWORD = "not-a-good-one" # expect: fail inline_secrets
  }
}
