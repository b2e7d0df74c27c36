resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      python_version = "3.13"
    }
  }
}

resource "azurerm_linux_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      node_version = "22-lts"
    }
  }
}

resource "azurerm_linux_function_app" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      dotnet_version = "10.0"
    }
  }
}

resource "azurerm_windows_web_app" "portal" {
  name                = "portal"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      dotnet_version = "v4.0"
    }
  }
}

resource "azurerm_linux_web_app" "blog" {
  name                = "blog"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      php_version = "8.3"
    }
  }
}

resource "azurerm_linux_web_app" "java" {
  name                = "java"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      java_version = "17"
    }
  }
}

resource "azurerm_linux_web_app" "image" {
  name                = "image"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      docker_image_name = "shop:1.4"
    }
  }
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    linux_fx_version = "DOCKER|registry.example.org/shop:1.4"
  }
}
