resource "azurerm_storage_account" "orders" { # expect: fail sas_expires
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}
