resource "azurerm_windows_web_app" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    health_check_path = "/health"
  }
}
