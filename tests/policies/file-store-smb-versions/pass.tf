resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"

  share_properties {
    smb {
      versions = ["SMB3.1.1"]
    }
  }
}

resource "azurerm_storage_share" "team" {
  name               = "team"
  storage_account_id = azurerm_storage_account.orders.id
  quota              = 50
}
