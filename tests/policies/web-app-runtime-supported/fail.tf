resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      python_version = "3.9" # expect: fail runtime
    }
  }
}

resource "azurerm_linux_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      node_version = "18-lts" # expect: fail runtime
    }
  }
}

resource "azurerm_linux_function_app" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      dotnet_version = "6.0" # expect: fail runtime
    }
  }
}

resource "azurerm_windows_web_app" "portal" {
  name                = "portal"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      dotnet_version = "v7.0" # expect: fail runtime
    }
  }
}

resource "azurerm_linux_web_app" "blog" {
  name                = "blog"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      php_version = "8.0" # expect: fail runtime
    }
  }
}

resource "azurerm_app_service" "older" {
  name                = "older"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    linux_fx_version = "PYTHON|3.7" # expect: fail runtime
  }
}
