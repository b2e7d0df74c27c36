resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled = true
  client_certificate_mode    = "Optional" # expect: fail client_certificates.required
}

resource "azurerm_linux_function_app" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled = true # expect: fail client_certificates.required
}

resource "azurerm_windows_web_app" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  client_certificate_enabled         = true
  client_certificate_exclusion_paths = "/health;/api" # expect: fail client_certificates.paths_left_out
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"
  client_cert_enabled = false # expect: fail client_certificates.required
}

resource "azurerm_container_app" "api" {
  name                         = "api"
  resource_group_name          = "rg"
  container_app_environment_id = "apps"
  revision_mode                = "Single"

  ingress {
    external_enabled        = true
    target_port             = 8080
    client_certificate_mode = "accept" # expect: fail client_certificates.required
  }
}
