param on bool

resource search 'Microsoft.Search/searchServices@2025-05-01' = {
  name: 'catalogue'
  location: 'westeurope'
}

resource sent 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'sent'
  scope: search
  properties: {
    workspaceId: 'logs'
    logs: [{ categoryGroup: 'allLogs', enabled: on }] // expect: unknown logs.enabled
  }
}
