resource "azurerm_resource_group_policy_assignment" "regions" {
  name                 = "regions"
  resource_group_id    = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg"
  policy_definition_id = "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c"
  enforce              = false # expect: fail enforced
}

resource "azurerm_policy_definition" "regions" {
  name         = "regions"
  policy_type  = "Custom"
  mode         = "All"
  display_name = "regions"
  policy_rule = jsonencode({ # expect: fail enforced
    if   = { field = "location", notIn = ["westeurope"] }
    then = { effect = "disabled" }
  })
}
