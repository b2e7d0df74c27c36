resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  site_config {
    ftps_state = "AllAllowed" # expect: fail plain_ftp
  }
}
