variable "chosen" {}

resource "azurerm_windows_web_app" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    health_check_path = var.chosen # expect: unknown health_check
  }
}
