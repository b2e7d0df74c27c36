param chosen bool

resource sound 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {}
}

resource soundLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: sound
  name: 'logs'
  properties: {
    workspaceId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.OperationalInsights/workspaces/logs'
    logs: [
      { category: 'AuditEvent', enabled: true }
    ]
  }
}

resource faulty 'Microsoft.KeyVault/vaults@2023-07-01' = { // expect: fail audit.enabled
  name: 'faulty'
  location: 'westeurope'
  properties: {}
}

resource open 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {}
}

resource openLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: open
  name: 'logs'
  properties: {
    workspaceId: '/subscriptions/s/resourceGroups/r/providers/Microsoft.OperationalInsights/workspaces/logs'
    logs: [
      { category: 'AuditEvent', enabled: chosen } // expect: unknown audit.enabled
    ]
  }
}
