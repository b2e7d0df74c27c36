variable "choice" {
  type = number
}

variable "smtp" {
  type      = string
  sensitive = true
}

resource "azurerm_key_vault" "payments" {
  name                       = "kv-payments"
  resource_group_name        = "rg-payments"
  location                   = "westeurope"
  tenant_id                  = "00000000-0000-0000-0000-000000000000"
  sku_name                   = "standard"
  soft_delete_retention_days = var.choice # expect: unknown recovery_window_days
}

resource "azurerm_key_vault_secret" "smtp" {
  name         = "smtp"
  value        = var.smtp
  key_vault_id = azurerm_key_vault.payments.id
}
