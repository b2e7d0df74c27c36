param chosen string

resource app 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'aks-app'
  location: 'westeurope'
  properties: {
    dnsPrefix: 'aks-app'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: app
  properties: {
    workspaceId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit'
    logs: [
      {
        category: 'kube-audit' // expect: unknown control_plane_logs
        enabled: true
      }
      {
        category: chosen
        enabled: true
      }
    ]
  }
}
