param chosen string

resource sound 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    httpListeners: [
      {
        name: 'entry'
        properties: { protocol: 'Https' }
      }
    ]
  }
}

resource faulty 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    httpListeners: [
      {
        name: 'entry'
        properties: { protocol: 'Http' } // expect: fail https_only
      }
    ]
  }
}

resource open 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    httpListeners: [
      {
        name: 'entry'
        properties: { protocol: chosen } // expect: unknown https_only
      }
    ]
  }
}
