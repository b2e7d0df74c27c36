variable "choice" {}

resource "azurerm_application_insights" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  application_type    = "web"
  local_authentication_disabled = var.choice # expect: unknown shared_key_access
}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  location            = "westeurope"
  local_authentication_enabled = false
}
