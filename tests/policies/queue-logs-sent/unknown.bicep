param workspace string
param on bool

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'bus'
  location: 'westeurope'
  sku: { name: 'Standard' }
}

resource sent 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'sent'
  scope: bus
  properties: {
    workspaceId: workspace
    logs: [{ categoryGroup: 'audit', enabled: on }] // expect: unknown logs.enabled
  }
}
