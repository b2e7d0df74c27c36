resource "azurerm_linux_web_app" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    scm_minimum_tls_version = "1.2"
  }
}

resource "azurerm_linux_web_app" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
    scm_minimum_tls_version = "1.3"
  }
}

resource "azurerm_linux_web_app" "silent" {
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = "plan"

  site_config {
  }
}
