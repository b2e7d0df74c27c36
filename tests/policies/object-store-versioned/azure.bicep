param chosen bool

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }

  resource inner 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
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
      isVersioningEnabled: false // expect: fail versioning
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
      isVersioningEnabled: chosen // expect: unknown versioning
    }
  }
}
