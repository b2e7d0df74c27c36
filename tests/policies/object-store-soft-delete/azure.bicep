param chosen int

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }

  resource inner 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 35 }
    }
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }

  resource inner 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 1 } // expect: fail soft_delete_days
    }
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }

  resource inner 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: chosen } // expect: unknown soft_delete_days
    }
  }
}
