targetScope = 'subscription'

resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = { // expect: fail logs.central
  name: 'activity'
  properties: {
    storageAccountId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/audit'
    logs: [
      {
        category: 'Administrative'
        enabled: true
      }
    ]
  }
}
