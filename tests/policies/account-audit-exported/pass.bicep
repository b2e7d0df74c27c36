targetScope = 'subscription'

resource machines 'Microsoft.Security/pricings@2024-01-01' = {
  name: 'VirtualMachines'
  properties: {
    pricingTier: 'Standard'
  }
}

resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'activity'
  properties: {
    workspaceId: '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/audit'
    logs: [
      {
        category: 'Administrative'
        enabled: true
      }
    ]
  }
}
