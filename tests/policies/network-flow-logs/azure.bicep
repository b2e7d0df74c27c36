param chosen bool

resource sound 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
  }
}

resource recorded 'Microsoft.Network/networkWatchers/flowLogs@2024-05-01' = {
  name: 'watcher/sound'
  location: 'westeurope'
  properties: {
    targetResourceId: sound.id
    storageId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/flows'
    enabled: true
  }
}

resource faulty 'Microsoft.Network/virtualNetworks@2024-05-01' = { // expect: fail flow_logs
  name: 'faulty'
  location: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
  }
}

resource open 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
  }
}

resource some 'Microsoft.Network/networkWatchers/flowLogs@2024-05-01' = {
  name: 'watcher/open'
  location: 'westeurope'
  properties: {
    targetResourceId: open.id
    storageId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/flows'
    enabled: chosen // expect: unknown flow_logs
  }
}
