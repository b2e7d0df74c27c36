param address object

resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'in'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}

resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'web'
        properties: {
          addressPrefix: '10.0.1.0/24'
          networkSecurityGroup: { id: group.id }
        }
      }
    ]
  }
}

resource own 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'own'
  location: 'westeurope'
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    ipConfigurations: [
      {
        name: 'first'
        properties: {
          subnet: { id: hub.properties.subnets[0].id }
          publicIPAddress: address // expect: unknown network.public
        }
      }
    ]
  }
}

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    networkProfile: {
      networkInterfaces: [
        { id: nic.id }
      ]
    }
  }
}
