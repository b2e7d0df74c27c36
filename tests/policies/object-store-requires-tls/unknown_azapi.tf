variable "tls" {}

resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = "westeurope"
}

resource "azapi_resource" "orders" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "orders"
  parent_id = azurerm_resource_group.rg.id
  location  = "westeurope"

  body = {
    kind = "StorageV2"
    sku  = { name = "Standard_ZRS" }
    properties = {
      supportsHttpsTrafficOnly = var.tls # expect: unknown tls.required
    }
  }
}
