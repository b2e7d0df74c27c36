resource events 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'events'
  location: 'westeurope'

  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      defaultAction: 'Deny'
      ipRules: [{ ipMask: '198.51.100.0/24', action: 'Allow' }]
    }
  }
}

resource orders 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource rules 'networkRuleSets' = {
    name: 'default'
    properties: {
      publicNetworkAccess: 'Disabled'
    }
  }
}
