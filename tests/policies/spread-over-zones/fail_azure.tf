resource "azurerm_storage_account" "documents" {
  name                     = "documents"
  resource_group_name      = "rg-documents"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS" # expect: fail ha.multi_zone
}
