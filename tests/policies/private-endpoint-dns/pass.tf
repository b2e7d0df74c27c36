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

  private_dns_zone_group {
    name                 = "blob"
    private_dns_zone_ids = [azurerm_private_dns_zone.blob.id]
  }
}
