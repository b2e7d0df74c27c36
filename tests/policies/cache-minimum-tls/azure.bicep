param chosen string

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: '1.2'
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: '1.0' // expect: fail tls.min_version
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: chosen // expect: unknown tls.min_version
  }
}
