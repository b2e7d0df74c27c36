variable "choice" {}

resource "azurerm_resource_group_policy_assignment" "regions" {
  name                 = "regions"
  resource_group_id    = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"
  policy_definition_id = "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c"
  enforce              = var.choice # expect: unknown enforced
}
