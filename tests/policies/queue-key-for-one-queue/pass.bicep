resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: 'bus'

  resource orders 'queues' = {
    name: 'orders'

    resource reader 'authorizationRules' = {
      name: 'reader'
      properties: {
        rights: ['Listen']
      }
    }
  }
}
