resource "azurerm_security_center_subscription_pricing" "machines" {
  resource_type = "VirtualMachines"
  tier          = "Standard"
}

resource "azurerm_subscription_policy_assignment" "benchmark" {
  name                 = "SecurityCenterBuiltIn"
  subscription_id      = "/subscriptions/22222222-2222-2222-2222-222222222222"
  policy_definition_id = "/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8"
  enforce              = false # expect: fail policy.baseline
}
