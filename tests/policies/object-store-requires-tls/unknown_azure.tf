variable "choice" {
  type = bool
}

resource "azurerm_storage_account" "orders" {
  name                       = "orders"
  resource_group_name        = "rg-orders"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "ZRS"
  https_traffic_only_enabled = var.choice # expect: unknown tls.required
}
