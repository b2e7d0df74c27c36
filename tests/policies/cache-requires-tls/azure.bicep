param chosen bool

resource sound 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    enableNonSslPort: false
  }
}

resource faulty 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    enableNonSslPort: true // expect: fail tls.required
  }
}

resource open 'Microsoft.Cache/redis@2024-11-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    enableNonSslPort: chosen // expect: unknown tls.required
  }
}
