targetScope = 'subscription'

param category string

resource kept 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'kept'
  properties: {
    storageAccountId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/audit'
    logs: [
      {
        category: 'Administrative'
        enabled: true
      }
      {
        category: 'Security'
        enabled: true
      }
      {
        category: 'Alert'
        enabled: true
      }
      {
        category: 'Policy'
        enabled: true
      }
    ]
  }
}

resource some 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'some'
  properties: {
    storageAccountId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/audit'
    logs: [
      {
        category: 'Administrative' // expect: fail covers
        enabled: true
      }
    ]
  }
}

resource open 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'open'
  properties: {
    storageAccountId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/audit'
    logs: [
      {
        category: 'Administrative' // expect: unknown covers
        enabled: true
      }
      {
        category: 'Security'
        enabled: true
      }
      {
        category: 'Alert'
        enabled: true
      }
      {
        category: category
        enabled: true
      }
    ]
  }
}
