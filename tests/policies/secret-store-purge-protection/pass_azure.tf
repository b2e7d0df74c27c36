resource "azurerm_key_vault" "payments" {
  name                     = "kv-payments"
  resource_group_name      = "rg-payments"
  location                 = "westeurope"
  tenant_id                = "00000000-0000-0000-0000-000000000000"
  sku_name                 = "standard"
  purge_protection_enabled = true
}
