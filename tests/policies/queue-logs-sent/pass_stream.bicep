param workspace string

resource hub 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'hub'
  location: 'westeurope'
  sku: { name: 'Standard' }
}

resource sent 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'sent'
  scope: hub
  properties: {
    workspaceId: workspace
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}
