resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      shareDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
