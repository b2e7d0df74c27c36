variable "choice" {
  type = bool
}

resource "azurerm_storage_account" "orders" {
  name                      = "orders"
  resource_group_name       = "rg-orders"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  shared_access_key_enabled = var.choice # expect: unknown shared_key_access
}
