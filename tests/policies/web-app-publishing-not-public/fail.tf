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
    ip_restriction_default_action     = "Deny"
    scm_ip_restriction_default_action = "Allow" # expect: fail network.publishing_public
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

    scm_ip_restriction { # expect: fail network.publishing_public
      ip_address = "0.0.0.0/0"
    }
  }
}
