resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"

  customer_managed_key {
    key_vault_key_id = azurerm_key_vault_key.k.id
  }
}

resource "azurerm_storage_encryption_scope" "plain" {
  name               = "plain"
  storage_account_id = azurerm_storage_account.orders.id
  source             = "Microsoft.Storage" # expect: fail encryption.customer_managed_key
}

resource "azurerm_storage_container" "reports" {
  name                     = "reports"
  storage_account_id       = azurerm_storage_account.orders.id
  default_encryption_scope = azurerm_storage_encryption_scope.plain.name
}
