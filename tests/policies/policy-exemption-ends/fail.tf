resource "azurerm_subscription_policy_exemption" "old" { # expect: fail expires
  name                 = "old"
  subscription_id      = "/subscriptions/22222222-2222-2222-2222-222222222222"
  policy_assignment_id = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/policyAssignments/regions"
  exemption_category   = "Waiver"
}
