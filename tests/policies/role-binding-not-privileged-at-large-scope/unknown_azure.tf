data "azurerm_subscription" "current" {}

variable "choice" {
  type = string
}

resource "azurerm_role_assignment" "ci" {
  scope                = data.azurerm_subscription.current.id
  role_definition_name = var.choice # expect: unknown admin
  principal_id         = "11111111-1111-1111-1111-111111111111"
}
