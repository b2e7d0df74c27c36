resource "azurerm_static_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"

  basic_auth {
    environments = "AllEnvironments"
    password     = "not-a-good-one"
  }
}
