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
    ip_restriction_default_action = "Deny"
    scm_use_main_ip_restriction   = true
  }
}

resource "azurerm_windows_function_app" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    scm_ip_restriction_default_action = "Deny"
  }
}

resource "azurerm_linux_web_app" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = false
}
