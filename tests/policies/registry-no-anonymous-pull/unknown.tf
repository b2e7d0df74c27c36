variable "value" {}

resource "azurerm_container_registry" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  anonymous_pull_enabled = var.value # expect: unknown anonymous_pull
}
