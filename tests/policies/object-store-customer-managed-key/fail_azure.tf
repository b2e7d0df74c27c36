resource "azurerm_storage_account" "orders" { # expect: fail encryption.customer_managed_key
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
