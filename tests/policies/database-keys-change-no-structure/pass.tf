resource "azurerm_cosmosdb_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  access_key_metadata_writes_enabled = false
}
