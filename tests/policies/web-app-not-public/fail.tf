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
  public_network_access_enabled = true # expect: fail network.public
}

resource "azurerm_windows_web_app" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    ip_restriction_default_action = "Allow" # expect: fail network.public
  }
}

resource "azurerm_static_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"

  public_network_access_enabled = true # expect: fail network.public
}
