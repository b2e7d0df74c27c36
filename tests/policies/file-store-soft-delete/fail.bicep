resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource files 'fileServices' = {
    name: 'default'
    properties: {
      shareDeleteRetentionPolicy: { enabled: false } // expect: fail soft_delete_days
    }

    resource team 'shares' = {
      name: 'team'
    }
  }
}
