variable "choice" {}

resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"

  sas_policy {
    expiration_period = var.choice # expect: unknown sas_expires
  }
}
