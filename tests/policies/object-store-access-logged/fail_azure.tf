resource "azurerm_storage_account" "orders" { # expect: fail access_logged
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
