variable "choice" {
  type = number
}

resource "azurerm_key_vault" "payments" {
  name                       = "kv-payments"
  resource_group_name        = "rg-payments"
  location                   = "westeurope"
  tenant_id                  = "00000000-0000-0000-0000-000000000000"
  sku_name                   = "standard"
  soft_delete_retention_days = var.choice # expect: unknown soft_delete_days
}
