variable "choice" {
  type = string
}

resource "azurerm_key_vault_key" "disks" {
  name            = "disks"
  key_vault_id    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app/providers/Microsoft.KeyVault/vaults/kv-app"
  key_type        = "RSA"
  key_size        = 3072
  key_opts        = ["wrapKey", "unwrapKey"]
  expiration_date = var.choice # expect: unknown expires
}
