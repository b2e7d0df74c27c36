resource "azurerm_linux_web_app" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    scm_minimum_tls_version = "1.0" # expect: fail publishing.tls_min_version
  }
}

resource "azurerm_linux_web_app" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    scm_minimum_tls_version = "1.1" # expect: fail publishing.tls_min_version
  }
}
