resource "azurerm_storage_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  allowed_copy_scope = "AAD"
}

resource "azurerm_storage_account" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  allowed_copy_scope = "PrivateLink"
}
