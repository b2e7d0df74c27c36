param chosen string

resource sound 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'rule'
        properties: {
          description: 'rule'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: '203.0.113.0/24'
          destinationAddressPrefix: '*'
          destinationPortRange: '8443'
        }
      }
    ]
  }
}

resource faulty 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'rule'
        properties: {
          description: 'rule'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: '*' // expect: fail rule.open_to_world
          destinationAddressPrefix: '*'
          destinationPortRange: '8443'
        }
      }
    ]
  }
}

resource open 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'rule'
        properties: {
          description: 'rule'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: chosen // expect: unknown rule.open_to_world
          destinationAddressPrefix: '*'
          destinationPortRange: '8443'
        }
      }
    ]
  }
}
