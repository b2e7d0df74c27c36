resource "azurerm_storage_account" "docs" {
  name                     = "docs"
  resource_group_name      = "rg-docs"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_management_policy" "docs" {
  storage_account_id = azurerm_storage_account.docs.id
  rule {
    name    = "end"
    enabled = true
    filters {
      blob_types = ["blockBlob"]
    }
    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = 365
      }
    }
  }
}
