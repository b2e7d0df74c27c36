resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}

resource "azurerm_storage_share" "team" { # expect: fail backup.enabled
  name               = "team"
  storage_account_id = azurerm_storage_account.orders.id
  quota              = 50
}
