variable "outside" {
  type = bool
}

resource "azurerm_cosmosdb_account" "closed" {
  name                          = "closed"
  resource_group_name           = "rg"
  location                      = "westeurope"
  offer_type                    = "Standard"
  public_network_access_enabled = false
}

resource "azurerm_cosmosdb_account" "perhaps" {
  name                          = "perhaps"
  resource_group_name           = "rg"
  location                      = "westeurope"
  offer_type                    = "Standard"
  public_network_access_enabled = var.outside # expect: unknown network.allowed_sources
}

resource "azurerm_cosmosdb_account" "all_of_azure" {
  name                = "azure"
  resource_group_name = "rg"
  location            = "westeurope"
  offer_type          = "Standard"
  ip_range_filter     = ["0.0.0.0"] # expect: fail network.allowed_sources
}

resource "azurerm_cosmosdb_account" "office" {
  name                = "office"
  resource_group_name = "rg"
  location            = "westeurope"
  offer_type          = "Standard"
  ip_range_filter     = ["203.0.113.7"]
}
