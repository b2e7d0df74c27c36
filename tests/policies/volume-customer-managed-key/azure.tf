variable "set" {}

resource "azurerm_managed_disk" "sound" {
  name                 = "sound"
  resource_group_name  = "rg"
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 64
  disk_encryption_set_id = azurerm_disk_encryption_set.own.id
}

resource "azurerm_managed_disk" "faulty" { # expect: fail encryption.customer_managed_key
  name                 = "faulty"
  resource_group_name  = "rg"
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 64
}

resource "azurerm_managed_disk" "open" {
  name                 = "open"
  resource_group_name  = "rg"
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 64
  disk_encryption_set_id = var.set # expect: unknown encryption.customer_managed_key
}
