resource "azurerm_function_app_flex_consumption" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  runtime_name        = "python"
  runtime_version     = "3.10" # expect: fail runtime

  site_config {}
}

resource "azurerm_function_app_flex_consumption" "mail" {
  name                = "mail"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  runtime_name        = "node"
  runtime_version     = "22"

  site_config {}
}
