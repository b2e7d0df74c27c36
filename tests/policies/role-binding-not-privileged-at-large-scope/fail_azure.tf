data "azurerm_subscription" "current" {}

resource "azurerm_role_assignment" "ci" {
  scope                = data.azurerm_subscription.current.id
  role_definition_name = "Owner" # expect: fail admin
  principal_id         = "11111111-1111-1111-1111-111111111111"
}

resource "azurerm_role_assignment" "all" {
  scope                = "/providers/Microsoft.Management/managementGroups/corp"
  role_definition_name = "User Access Administrator" # expect: fail admin
  principal_id         = "11111111-1111-1111-1111-111111111111"
}
