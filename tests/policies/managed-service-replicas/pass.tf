resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "standard"
  replica_count       = 2
}
