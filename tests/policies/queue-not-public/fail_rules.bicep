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
