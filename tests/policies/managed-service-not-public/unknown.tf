variable "value" {}

resource "azurerm_search_service" "search" {
  name                = "search"
  resource_group_name = "rg"
  public_network_access_enabled = var.value # expect: unknown network.public
}

resource "azurerm_data_factory" "factory" {
  name                = "factory"
  resource_group_name = "rg"
  public_network_enabled = var.value # expect: unknown network.public
}
