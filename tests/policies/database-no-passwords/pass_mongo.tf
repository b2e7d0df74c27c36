resource "azurerm_mongo_cluster" "orders" {
  name                   = "orders"
  resource_group_name    = "rg"
  location               = "westeurope"
  authentication_methods = ["MicrosoftEntraID"]
}
