param chosen object

resource sound 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'

  resource inner 'subnets' = {
    name: 'inner'
    properties: {
      addressPrefix: '10.0.0.0/24'
      networkSecurityGroup: { id: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/networkSecurityGroups/some' }
    }
  }
}

resource faulty 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'

  resource inner 'subnets' = {
    name: 'inner'
    properties: { // expect: fail network_security_group
      addressPrefix: '10.0.0.0/24'
      networkSecurityGroup: null
    }
  }
}

resource open 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'open'
  location: 'westeurope'

  resource inner 'subnets' = {
    name: 'inner'
    properties: {
      addressPrefix: '10.0.0.0/24'
      networkSecurityGroup: chosen // expect: unknown network_security_group
    }
  }
}
