targetScope = 'subscription'

resource machines 'Microsoft.Security/pricings@2024-01-01' = {
  name: 'VirtualMachines'
  properties: {
    pricingTier: 'Standard'
  }
}

resource benchmark 'Microsoft.Authorization/policyAssignments@2024-04-01' = {
  name: 'SecurityCenterBuiltIn'
  properties: {
    policyDefinitionId: '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8'
    enforcementMode: 'DoNotEnforce' // expect: fail policy.baseline
  }
}
