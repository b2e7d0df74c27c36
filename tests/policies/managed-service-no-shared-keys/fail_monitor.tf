resource "azurerm_application_insights" "shop" { # expect: fail shared_key_access
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  application_type    = "web"

}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  location            = "westeurope"
  local_authentication_enabled = true # expect: fail shared_key_access
}
