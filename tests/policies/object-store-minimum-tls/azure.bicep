param chosen string

resource sound 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: 'TLS1_2'
  }
}

resource faulty 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: 'TLS1_0' // expect: fail tls.min_version
  }
}

resource open 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: chosen // expect: unknown tls.min_version
  }
}
