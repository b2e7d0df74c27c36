variable "chosen" {}

resource "azurerm_cosmosdb_account" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  access_key_metadata_writes_enabled = var.chosen # expect: unknown keys_change_structure
}
