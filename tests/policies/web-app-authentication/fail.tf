resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id

  auth_settings_v2 {
    auth_enabled           = true
    require_authentication = false # expect: fail authentication
    login {}
  }
}
