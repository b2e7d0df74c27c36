variable "production" {
  type = bool
}

variable "smtp" {
  type      = string
  sensitive = true
}

resource "azurerm_key_vault" "payments" {
  name                = "kv-payments"
  resource_group_name = "rg-payments"
  location            = "westeurope"
  tenant_id           = "00000000-0000-0000-0000-000000000000"
  sku_name            = "standard"
}

resource "azurerm_key_vault_secret" "smtp" {
  name         = "smtp"
  value        = var.production ? var.smtp : "not-a-good-one" # expect: unknown inline
  key_vault_id = azurerm_key_vault.payments.id
}
