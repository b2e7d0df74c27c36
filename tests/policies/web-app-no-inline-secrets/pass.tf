resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  app_settings = {
    COLOUR      = "red"
    DB_PASSWORD = "@Microsoft.KeyVault(SecretUri=https://shop.vault.azure.net/secrets/db)"
  }
}
