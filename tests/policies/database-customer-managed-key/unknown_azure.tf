variable "key" {}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"

  customer_managed_key {
    key_vault_key_id = var.key # expect: unknown encryption.customer_managed_key
  }
}
