resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  blob_properties {
    delete_retention_policy {
      days = 3 # expect: fail soft_delete_days
    }
  }
}

resource "azurerm_storage_account" "unset" { # expect: fail soft_delete_days
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
