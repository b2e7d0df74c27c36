param chosen bool

resource sound 'Microsoft.Network/applicationGateways@2024-05-01' = {
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
      { category: 'ApplicationGatewayAccessLog', enabled: true }
    ]
  }
}

resource faulty 'Microsoft.Network/applicationGateways@2024-05-01' = { // expect: fail logs.enabled
  name: 'faulty'
  location: 'westeurope'
  properties: {}
}

resource open 'Microsoft.Network/applicationGateways@2024-05-01' = {
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
      { category: 'ApplicationGatewayAccessLog', enabled: chosen } // expect: unknown logs.enabled
    ]
  }
}
