param chosen string

targetScope = 'subscription'

resource old 'Microsoft.Authorization/policyExemptions@2022-07-01-preview' = {
  name: 'old'
  properties: {
    policyAssignmentId: '/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/policyAssignments/regions'
    exemptionCategory: 'Waiver'
    expiresOn: chosen // expect: unknown expires
  }
}
