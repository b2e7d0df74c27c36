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
          sourceAddressPrefix: 'Internet'
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
          description: 'rule'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          sourceAddressPrefix: 'Internet' // expect: fail rule.opens_admin_port
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
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
          sourceAddressPrefix: 'Internet' // expect: unknown rule.opens_admin_port
          destinationAddressPrefix: '*'
          destinationPortRange: chosen
        }
      }
    ]
  }
}
