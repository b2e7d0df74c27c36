variable "value" {}

resource "azurerm_data_factory" "factory" {
  name                = "factory"
  resource_group_name = "rg"
  customer_managed_key_id = var.value # expect: unknown encryption.customer_managed_key
}
