resource "azurerm_windows_virtual_machine" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
}

resource "azurerm_mssql_virtual_machine" "orders" {
  virtual_machine_id = azurerm_windows_virtual_machine.orders.id
  sql_license_type   = "PAYG"

  auto_backup {
    retention_period_in_days   = 30
    storage_blob_endpoint      = "https://copies.blob.core.windows.net/"
    storage_account_access_key = var.key
  }
}

variable "key" {}
