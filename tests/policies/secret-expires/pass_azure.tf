resource "azurerm_key_vault_secret" "smtp" {
  name            = "smtp"
  value           = var.smtp
  key_vault_id    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-mail/providers/Microsoft.KeyVault/vaults/kv-mail"
  expiration_date = "2027-06-30T00:00:00Z"
}

variable "smtp" {
  type      = string
  sensitive = true
}
