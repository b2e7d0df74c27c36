variable "value" {}

resource "azurerm_search_service" "search" {
  name                = "search"
  resource_group_name = "rg"
  local_authentication_enabled = var.value # expect: unknown shared_key_access
}
