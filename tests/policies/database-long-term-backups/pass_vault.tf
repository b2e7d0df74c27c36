resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_data_protection_backup_instance_postgresql_flexible_server" "orders" {
  name             = "orders"
  location         = "westeurope"
  vault_id         = azurerm_data_protection_backup_vault.vault.id
  server_id        = azurerm_postgresql_flexible_server.orders.id
  backup_policy_id = azurerm_data_protection_backup_policy_postgresql_flexible_server.years.id
}
