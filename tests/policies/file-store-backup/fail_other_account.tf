# The share that is backed up has the same name, in another account.
resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}

resource "azurerm_storage_account" "other" {
  name                     = "other"
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

resource "azurerm_storage_share" "other" {
  name               = "team"
  storage_account_id = azurerm_storage_account.other.id
  quota              = 50
}

resource "azurerm_backup_protected_file_share" "team" {
  resource_group_name       = "rg"
  recovery_vault_name       = "vault"
  source_storage_account_id = azurerm_storage_account.other.id
  source_file_share_name    = "team"
  backup_policy_id          = azurerm_backup_policy_file_share.daily.id
}
