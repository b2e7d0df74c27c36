resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.shop.id

  site_config {}

  # Who connects signs in by an identity.
  connection_string {
    name  = "orders"
    type  = "SQLAzure"
    value = "Server=tcp:orders.database.windows.net,1433;Database=orders;Authentication=Active Directory Default;Encrypt=True"
  }
}
