param chosen bool

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    allowSharedKeyAccess: false
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    allowSharedKeyAccess: true // expect: fail shared_key_access
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    allowSharedKeyAccess: chosen // expect: unknown shared_key_access
  }
}
