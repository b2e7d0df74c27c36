resource "azurerm_storage_account" "orders" {
  name                      = "orders"
  resource_group_name       = "rg"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "GRS"
  table_encryption_key_type = "Account"

  customer_managed_key {
    key_vault_key_id = azurerm_key_vault_key.k.id
  }
}

resource "azurerm_storage_table" "visits" {
  name                 = "visits"
  storage_account_name = azurerm_storage_account.orders.name
}
