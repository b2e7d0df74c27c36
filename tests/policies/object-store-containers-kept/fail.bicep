resource orders 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      containerDeleteRetentionPolicy: { enabled: true, days: 1 } // expect: fail containers_kept_days
    }
  }
}

resource off 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'off'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      containerDeleteRetentionPolicy: { enabled: false } // expect: fail containers_kept_days
    }
  }
}
