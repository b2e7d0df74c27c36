resource "azurerm_static_web_app" "pages" { # expect: fail managed_identity
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"
}
