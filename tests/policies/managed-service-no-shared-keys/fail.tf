resource "azurerm_cognitive_account" "cognitive" {
  name                = "cognitive"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_search_service" "search" {
  name                = "search"
  resource_group_name = "rg"
  local_authentication_enabled = true # expect: fail shared_key_access
}

resource "azurerm_signalr_service" "signalr" {
  name                = "signalr"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_web_pubsub" "pubsub" {
  name                = "pubsub"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_app_configuration" "appconfig" {
  name                = "appconfig"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_eventgrid_topic" "topic" {
  name                = "topic"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_eventgrid_domain" "domain" {
  name                = "domain"
  resource_group_name = "rg"
  local_auth_enabled = true # expect: fail shared_key_access
}

resource "azurerm_automation_account" "automation" {
  name                = "automation"
  resource_group_name = "rg"
  local_authentication_enabled = true # expect: fail shared_key_access
}
