resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}

resource "azurerm_private_endpoint" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  subnet_id           = azurerm_subnet.data.id

  private_service_connection {
    name                           = "orders"
    private_connection_resource_id = azurerm_storage_account.orders.id
    subresource_names              = ["blob"]
    is_manual_connection           = false
  }
}

resource "azurerm_postgresql_flexible_server" "injected" {
  name                = "orders-db"
  resource_group_name = "rg"
  location            = "westeurope"
  delegated_subnet_id = azurerm_subnet.data.id
}
