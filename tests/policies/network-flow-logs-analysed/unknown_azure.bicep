param chosen bool

resource net 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'main'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
  }
}

resource log 'Microsoft.Network/networkWatchers/flowLogs@2024-05-01' = {
  name: 'watcher/main'
  properties: {
    targetResourceId: net.id
    storageId: '/subscriptions/1/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/flows'
    enabled: true
    retentionPolicy: { enabled: true, days: 365 }
    flowAnalyticsConfiguration: {
      networkWatcherFlowAnalyticsConfiguration: {
        enabled: chosen // expect: unknown flow_logs.analysed
      }
    }
  }
}
