resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled         = true
  client_certificate_exclusion_paths = "/health"
}

resource "azurerm_linux_function_app" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled = true
  client_certificate_mode    = "Required"
}

resource "azurerm_function_app" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"
  client_cert_mode = "Required"
}

resource "azurerm_container_app" "api" {
  name                         = "api"
  resource_group_name          = "rg"
  container_app_environment_id = "apps"
  revision_mode                = "Single"

  ingress {
    external_enabled        = true
    target_port             = 8080
    client_certificate_mode = "require"
  }
}
