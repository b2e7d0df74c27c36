resource "azurerm_storage_account" "orders" {
  name                       = "orders"
  resource_group_name        = "rg-orders"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "ZRS"
  https_traffic_only_enabled = false # expect: fail tls.required
}

resource "azurerm_storage_account" "older" {
  name                      = "orders"
  resource_group_name       = "rg-orders"
  location                  = "westeurope"
  account_tier              = "Standard"
  account_replication_type  = "ZRS"
  enable_https_traffic_only = false # expect: fail tls.required
}
