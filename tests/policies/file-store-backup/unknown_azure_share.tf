variable "share" {}

resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}

resource "azurerm_storage_share" "team" { # expect: unknown backup.enabled
  name               = "team"
  storage_account_id = azurerm_storage_account.orders.id
  quota              = 50
}

resource "azurerm_backup_protected_file_share" "team" {
  resource_group_name       = "rg"
  recovery_vault_name       = "vault"
  source_storage_account_id = azurerm_storage_account.orders.id
  source_file_share_name    = var.share
  backup_policy_id          = azurerm_backup_policy_file_share.daily.id
}
