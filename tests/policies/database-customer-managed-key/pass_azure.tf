resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"

  customer_managed_key {
    key_vault_key_id = "https://kv-orders.vault.azure.net/keys/orders/1"
  }
}
