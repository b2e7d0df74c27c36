param chosen string

resource sound 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'rule'
        properties: {
          description: 'HTTPS of the shop'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: '10.0.0.0/8'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
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
          description: '' // expect: fail rule.description
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: '10.0.0.0/8'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
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
          description: chosen // expect: unknown rule.description
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: '10.0.0.0/8'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
    ]
  }
}
