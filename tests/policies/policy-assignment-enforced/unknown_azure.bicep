param chosen string

resource regions 'Microsoft.Authorization/policyAssignments@2024-04-01' = {
  name: 'regions'
  properties: {
    policyDefinitionId: '/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c'
    enforcementMode: chosen // expect: unknown enforced
  }
}
