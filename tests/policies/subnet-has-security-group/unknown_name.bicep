param name string
param prefix string

resource main 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'main'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: name // expect: unknown network_security_group
        properties: { addressPrefix: '10.0.0.0/24' }
      }
      {
        name: '${prefix}-data'
        properties: { addressPrefix: '10.0.1.0/24' } // expect: fail network_security_group
      }
    ]
  }
}
