resource "azurerm_private_endpoint" "orders" { # expect: fail private_dns
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
