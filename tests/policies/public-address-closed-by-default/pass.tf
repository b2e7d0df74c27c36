terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

resource "azurerm_public_ip" "front" {
  name                = "front"
  resource_group_name = "rg"
  location            = "westeurope"
  allocation_method   = "Static"
}
