resource "azurerm_storage_account" "chosen" {
  name                = "chosen"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = ["None"] # expect: fail network.trusted_services
  }
}

resource "azurerm_storage_account" "other" {
  name                = "other"
  resource_group_name = "rg"
  location            = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    bypass         = ["Logging", "Metrics"] # expect: fail network.trusted_services
  }
}
