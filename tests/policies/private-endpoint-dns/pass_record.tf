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

resource "azurerm_private_dns_a_record" "orders" {
  name                = "orders"
  zone_name           = "privatelink.blob.core.windows.net"
  resource_group_name = "rg"
  ttl                 = 300
  records             = [azurerm_private_endpoint.orders.private_service_connection[0].private_ip_address]
}
