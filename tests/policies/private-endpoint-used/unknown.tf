resource "azurerm_container_registry" "images" {
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
}

resource "azurerm_private_endpoint" "images" {
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"
  subnet_id           = azurerm_subnet.data.id

  private_service_connection {
    name                           = "images"
    private_connection_resource_id = azurerm_container_registry.images.id
    subresource_names              = ["registry"]
    is_manual_connection           = true # expect: unknown network.private_endpoint
  }
}
