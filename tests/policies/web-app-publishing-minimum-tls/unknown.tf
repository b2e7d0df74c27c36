variable "chosen" {}

resource "azurerm_linux_web_app" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    scm_minimum_tls_version = var.chosen # expect: unknown publishing.tls_min_version
  }
}
