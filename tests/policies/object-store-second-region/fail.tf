resource "azurerm_storage_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS" # expect: fail ha.multi_region
}

resource "azurerm_storage_account" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS" # expect: fail ha.multi_region
}
