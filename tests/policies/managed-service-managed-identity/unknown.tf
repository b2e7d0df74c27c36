variable "value" {}

resource "azurerm_api_management" "apim" {
  name                = "apim"
  resource_group_name = "rg"
  dynamic "identity" { # expect: unknown managed_identity
    for_each = var.value
    content {
      type = "SystemAssigned"
    }
  }
}
