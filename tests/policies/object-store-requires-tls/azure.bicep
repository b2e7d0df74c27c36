param chosen bool

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    supportsHttpsTrafficOnly: true
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    supportsHttpsTrafficOnly: false // expect: fail tls.required
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    supportsHttpsTrafficOnly: chosen // expect: unknown tls.required
  }
}
