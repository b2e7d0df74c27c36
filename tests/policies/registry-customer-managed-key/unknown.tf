variable "value" {}

resource "azurerm_container_registry" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  encryption {
    key_vault_key_id = var.value # expect: unknown encryption.customer_managed_key
  }
}
