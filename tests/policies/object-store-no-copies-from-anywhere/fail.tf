resource "azurerm_storage_account" "silent" { # expect: fail copies_from_anywhere
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
