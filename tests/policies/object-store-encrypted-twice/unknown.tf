variable "choice" {}

resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
  infrastructure_encryption_enabled = var.choice # expect: unknown encrypted_twice
}
