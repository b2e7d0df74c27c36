resource "azurerm_cosmosdb_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  access_key_metadata_writes_enabled = true # expect: fail keys_change_structure
}

resource "azurerm_cosmosdb_account" "silent" { # expect: fail keys_change_structure
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
}
