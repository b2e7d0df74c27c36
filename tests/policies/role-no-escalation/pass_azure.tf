data "azurerm_subscription" "current" {}

resource "azurerm_role_definition" "operator" {
  name  = "operator"
  scope = data.azurerm_subscription.current.id

  permissions {
    actions     = ["Microsoft.Compute/*", "Microsoft.Authorization/*"]
    not_actions = ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action"]
  }
}
