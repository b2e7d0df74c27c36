variable "chosen" {}

resource "azurerm_storage_account" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = var.chosen # expect: unknown ha.multi_region
}
