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

  site_config {
    ip_restriction { # expect: fail network.rules_let_in_all
      ip_address = "198.51.100.0/24"
    }
  }
}

resource "azurerm_windows_function_app" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction_default_action = "Deny"

    ip_restriction {
      ip_address = "198.51.100.0/24"
    }

    ip_restriction { # expect: fail network.rules_let_in_all
      ip_address = "0.0.0.0/0"
    }
  }
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction {
      ip_address = "198.51.100.0/24"
    }

    ip_restriction { # expect: fail network.rules_let_in_all
      ip_address = "0.0.0.0/0"
    }
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

    ip_security_restriction {
      name             = "office"
      action           = "Allow"
      ip_address_range = "198.51.100.0/24"
    }

    ip_security_restriction { # expect: fail network.rules_let_in_all
      name             = "all"
      action           = "Allow"
      ip_address_range = "0.0.0.0/0"
    }
  }
}
