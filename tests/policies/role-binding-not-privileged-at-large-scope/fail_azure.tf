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

resource "azurerm_pim_active_role_assignment" "for_good" {
  scope              = data.azurerm_subscription.current.id
  role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635" # expect: fail admin
  principal_id       = "11111111-1111-1111-1111-111111111111"
}
