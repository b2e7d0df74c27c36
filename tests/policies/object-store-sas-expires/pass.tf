resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
  shared_access_key_enabled = true

  sas_policy {
    expiration_period = "07.00:00:00"
  }
}
