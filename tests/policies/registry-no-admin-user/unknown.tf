variable "value" {}

resource "azurerm_container_registry" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  admin_enabled = var.value # expect: unknown admin_user
}
