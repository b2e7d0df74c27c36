resource "azurerm_windows_web_app" "chosen" { # expect: fail health_check
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    health_check_path = ""
  }
}

resource "azurerm_windows_web_app" "silent" { # expect: fail health_check
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
  }
}
