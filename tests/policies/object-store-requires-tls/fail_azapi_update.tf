resource "azurerm_storage_account" "orders" {
  name                       = "orders"
  resource_group_name        = "rg"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "ZRS"
  https_traffic_only_enabled = true
}

resource "azapi_update_resource" "orders" {
  type        = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id = azurerm_storage_account.orders.id

  body = {
    properties = {
      supportsHttpsTrafficOnly = false # expect: fail tls.required
    }
  }
}
