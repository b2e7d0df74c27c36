variable "chosen" {}

resource "azurerm_storage_account" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = var.chosen # expect: unknown network.trusted_services
  }
}
