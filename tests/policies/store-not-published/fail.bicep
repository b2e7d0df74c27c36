resource r0 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'n'
  properties: {
    subnets: [
      {
        name: 'front'
        properties: {
          addressPrefix: '10.0.2.0/24'
        }
      }
      {
        name: 'ends'
        properties: {
          addressPrefix: '10.0.3.0/24'
        }
      }
    ]
  }
}
resource r1 'Microsoft.Network/publicIPAddresses@2024-01-01' = {
  name: 'p'
  sku: {
    name: 'Standard'
  }
  properties: {
  }
}
resource r2 'Microsoft.DBforPostgreSQL/flexibleServers@2024-01-01' = {
  name: 'orders'
  properties: {
    network: {
      publicNetworkAccess: 'Disabled'
    }
  }
}
resource r3 'Microsoft.Network/privateEndpoints@2024-01-01' = {
  name: 'e'
  properties: {
    subnet: {
      id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 'ends')
    }
    privateLinkServiceConnections: [
      {
        name: 'c'
        properties: {
          privateLinkServiceId: r2.id
        }
      }
    ]
    ipConfigurations: [
      {
        name: 'c'
        properties: {
          privateIPAddress: '10.0.3.5'
        }
      }
    ]
  }
}
resource r4 'Microsoft.Network/azureFirewalls@2024-01-01' = {
  name: 'f'
  properties: {
    firewallPolicy: {
      id: r5.id
    }
    ipConfigurations: [
      {
        name: 'c'
        properties: {
          subnet: {
            id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 'front')
          }
          publicIPAddress: {
            id: r1.id
          }
        }
      }
    ]
  }
}
resource r5 'Microsoft.Network/firewallPolicies@2024-01-01' = {
  name: 'fp'
  properties: {
  }
}
resource r6 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-01-01' = {
  parent: r5
  name: 'g'
  properties: {
    priority: 100
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyNatRuleCollection'
        name: 'nat'
        priority: 100
        action: {
          type: 'DNAT'
        }
        rules: [
          { // expect: fail network.published
            ruleType: 'NatRule'
            name: 'data'
            ipProtocols: [
              'TCP'
            ]
            sourceAddresses: [
              '*'
            ]
            destinationAddresses: [
              '203.0.113.7'
            ]
            destinationPorts: [
              '5432'
            ]
            translatedAddress: '10.0.3.5'
            translatedPort: '5432'
          }
        ]
      }
    ]
  }
}
