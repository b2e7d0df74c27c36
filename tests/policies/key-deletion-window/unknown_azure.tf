variable "choice" {
  type = number
}

resource "azurerm_key_vault" "payments" {
  name                       = "kv-payments"
  resource_group_name        = "rg-payments"
  location                   = "westeurope"
  tenant_id                  = "00000000-0000-0000-0000-000000000000"
  sku_name                   = "standard"
  soft_delete_retention_days = var.choice # expect: unknown deletion_window_days
}

resource "azurerm_key_vault_key" "disks" {
  name         = "disks"
  key_vault_id = azurerm_key_vault.payments.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
}
