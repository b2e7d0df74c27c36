variable "chosen" {}

resource "azurerm_storage_account" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  allowed_copy_scope = var.chosen # expect: unknown copies_from_anywhere
}
