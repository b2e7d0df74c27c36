variable "choice" {}

resource "azurerm_api_management" "sound" {
  name                = "sound"
  resource_group_name = "rg"
  location            = "westeurope"
  publisher_name      = "shop"
  publisher_email     = "apis@example.org"
  sku_name            = "Premium_1"
}

resource "azurerm_api_management" "off" {
  name                = "off"
  resource_group_name = "rg"
  location            = "westeurope"
  publisher_name      = "shop"
  publisher_email     = "apis@example.org"
  sku_name            = "Premium_1"

  security {
    frontend_tls10_enabled = false
    frontend_tls11_enabled = false
  }
}

resource "azurerm_api_management" "faulty" {
  name                = "faulty"
  resource_group_name = "rg"
  location            = "westeurope"
  publisher_name      = "shop"
  publisher_email     = "apis@example.org"
  sku_name            = "Premium_1"

  security {
    frontend_tls11_enabled = true # expect: fail tls.min_version
  }
}

resource "azurerm_api_management" "before_4" {
  name                = "before_4"
  resource_group_name = "rg"
  location            = "westeurope"
  publisher_name      = "shop"
  publisher_email     = "apis@example.org"
  sku_name            = "Premium_1"

  security {
    enable_frontend_tls10 = true # expect: fail tls.min_version
  }
}

resource "azurerm_api_management" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  publisher_name      = "shop"
  publisher_email     = "apis@example.org"
  sku_name            = "Premium_1"

  security {
    frontend_tls10_enabled = var.choice # expect: unknown tls.min_version
  }
}
