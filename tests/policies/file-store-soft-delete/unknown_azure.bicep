param chosen bool

resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      shareDeleteRetentionPolicy: { enabled: chosen } // expect: unknown soft_delete_days
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
