param category string

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
}

resource soundBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = {
  parent: sound
  name: 'default'
}

resource read 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: soundBlobs
  properties: {
    workspaceId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit'
    logs: [
      {
        category: 'StorageRead'
        enabled: true
      }
    ]
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = { // expect: fail access_logged
  name: 'faulty'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
}

resource openBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = {
  parent: open
  name: 'default'
}

resource some 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: openBlobs
  properties: {
    workspaceId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/audit'
    logs: [
      {
        category: category // expect: unknown access_logged
        enabled: true
      }
    ]
  }
}
