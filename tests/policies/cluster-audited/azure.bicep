param chosen bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
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
      { category: 'kube-audit', enabled: true }
    ]
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = { // expect: fail audit.enabled
  name: 'faulty'
  location: 'westeurope'
  properties: {}
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
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
      { category: 'kube-audit', enabled: chosen } // expect: unknown audit.enabled
    ]
  }
}
