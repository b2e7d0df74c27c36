resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  location            = "westeurope"

  authentication {
    active_directory_auth_enabled = true
    tenant_id                     = "00000000-0000-0000-0000-000000000000"
  }
}
