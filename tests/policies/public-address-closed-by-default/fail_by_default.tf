terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 3.0"
    }
  }
}

resource "azurerm_public_ip" "front" { # expect: fail closed_by_default
  name                = "front"
  resource_group_name = "rg"
  location            = "westeurope"
  allocation_method   = "Static"
}
