resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"

  permissions {
    actions = ["*"] # expect: fail wildcard_actions
  }
}
