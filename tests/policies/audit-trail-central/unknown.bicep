targetScope = 'subscription'

param workspace string

resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'activity'
  properties: {
    workspaceId: workspace // expect: unknown logs.central
    logs: [
      {
        category: 'Administrative'
        enabled: true
      }
    ]
  }
}
