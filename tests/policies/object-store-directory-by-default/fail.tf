resource "azurerm_storage_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  default_to_oauth_authentication = false # expect: fail directory_by_default
}

resource "azurerm_storage_account" "silent" { # expect: fail directory_by_default
  name                = "silent"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
