resource "azurerm_windows_web_app" "silent" { # expect: fail health_check
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
  }
}
