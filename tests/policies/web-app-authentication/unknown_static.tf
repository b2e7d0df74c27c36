resource "azurerm_static_web_app" "pages" { # expect: unknown authentication
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"
}
