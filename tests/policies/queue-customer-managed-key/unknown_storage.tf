variable "key" {}

resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
  queue_encryption_key_type = "Account"

  customer_managed_key {
    key_vault_key_id = var.key # expect: unknown encryption.customer_managed_key
  }
}

resource "azurerm_storage_queue" "jobs" {
  name                 = "jobs"
  storage_account_name = azurerm_storage_account.orders.name
}
