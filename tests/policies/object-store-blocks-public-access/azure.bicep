param chosen bool

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    allowBlobPublicAccess: false
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    allowBlobPublicAccess: true // expect: fail public_access_blocked
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    allowBlobPublicAccess: chosen // expect: unknown public_access_blocked
  }
}
