resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GZRS"

  blob_properties {
    container_delete_retention_policy {
      days = 1 # expect: fail containers_kept_days
    }
  }
}

resource "azurerm_storage_account" "without" { # expect: fail containers_kept_days
  name                     = "without"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GZRS"
}
