variable "choice" {}

data "azurerm_subscription" "current" {}

resource "azurerm_role_definition" "operator" {
  name  = "operator"
  scope = data.azurerm_subscription.current.id

  permissions {
    actions     = ["Microsoft.Authorization/roleAssignments/*"] # expect: unknown escalates
    not_actions = [var.choice]
  }
}
