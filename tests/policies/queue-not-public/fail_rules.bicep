resource orders 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      publicNetworkAccess: 'Enabled' // expect: fail network.public
      defaultAction: 'Allow'
    }
  }
}

// Without a rule nothing is denied.
resource events 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'events'
  location: 'westeurope'

  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      defaultAction: 'Deny' // expect: fail network.public
      ipRules: []
      virtualNetworkRules: []
    }
  }
}
