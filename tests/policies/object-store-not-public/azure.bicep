param chosen string

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  kind: 'StorageV2'

  resource blobs 'blobServices' = {
    name: 'default'

    resource photos 'containers' = {
      name: 'photos'
      properties: { publicAccess: 'None' }
    }
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  kind: 'StorageV2'

  resource blobs 'blobServices' = {
    name: 'default'

    resource photos 'containers' = {
      name: 'photos'
      properties: { publicAccess: 'Blob' } // expect: fail public_acl
    }
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'StorageV2'

  resource blobs 'blobServices' = {
    name: 'default'

    resource photos 'containers' = {
      name: 'photos'
      properties: { publicAccess: chosen } // expect: unknown public_acl
    }
  }
}
