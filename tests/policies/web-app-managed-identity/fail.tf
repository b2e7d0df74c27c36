resource "azurerm_linux_web_app" "shop" { # expect: fail managed_identity
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  
}
