resource "azurerm_subscription_policy_exemption" "old" {
  name                 = "old"
  subscription_id      = "/subscriptions/22222222-2222-2222-2222-222222222222"
  policy_assignment_id = "/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/policyAssignments/regions"
  exemption_category   = "Waiver"
  expires_on           = "2027-06-30T00:00:00Z"
}
