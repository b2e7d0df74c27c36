resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    http2_enabled = true
  }
}

resource "azurerm_windows_function_app" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    http2_enabled = true
  }
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    http2_enabled = true
  }
}

resource "azurerm_container_app" "api" {
  name                         = "api"
  resource_group_name          = "rg"
  container_app_environment_id = "apps"
  revision_mode                = "Single"

  ingress {
    external_enabled = true
    target_port      = 8080
  }
}
