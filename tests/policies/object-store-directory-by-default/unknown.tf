variable "chosen" {}

resource "azurerm_storage_account" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  default_to_oauth_authentication = var.chosen # expect: unknown directory_by_default
}
