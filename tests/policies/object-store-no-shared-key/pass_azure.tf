resource "azurerm_storage_account" "orders" {
  name                      = "orders"
  resource_group_name       = "rg-orders"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = false
}
