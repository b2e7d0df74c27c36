variable "chosen" {}

resource "azurerm_container_registry" "open" {
  name                = "open"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
  export_policy_enabled = var.chosen # expect: unknown exports
}
