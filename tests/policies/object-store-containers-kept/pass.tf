resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GZRS"

  blob_properties {
    container_delete_retention_policy {
      days = 14
    }
  }
}

resource "azurerm_storage_account" "silent" {
  name                     = "silent"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GZRS"

  blob_properties {
    container_delete_retention_policy {
      days = null
    }
  }
}
