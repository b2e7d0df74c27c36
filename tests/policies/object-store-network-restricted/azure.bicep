param chosen string

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    networkAcls: { defaultAction: 'Deny' }
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    networkAcls: { defaultAction: 'Allow' } // expect: fail network.allowed_sources
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    networkAcls: { defaultAction: chosen } // expect: unknown network.allowed_sources
  }
}
