terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.50"
    }
  }
}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = false
}

resource "azurerm_windows_web_app" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction_default_action = "Deny"

    ip_restriction {
      ip_address = "198.51.100.0/24"
    }
  }
}

resource "azurerm_container_app" "api" {
  name                         = "api"
  resource_group_name          = "rg"
  container_app_environment_id = "apps"
  revision_mode                = "Single"

  ingress {
    external_enabled = false
    target_port      = 8080
  }
}
