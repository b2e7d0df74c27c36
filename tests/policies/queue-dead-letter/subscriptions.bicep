param choice bool

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'

  resource placed 'topics' = {
    name: 'placed'
    properties: {}

    resource sound 'subscriptions' = {
      name: 'sound'
      properties: { deadLetteringOnMessageExpiration: true }
    }

    resource faulty 'subscriptions' = {
      name: 'faulty'
      properties: { deadLetteringOnMessageExpiration: false } // expect: fail dead_letter
    }

    resource open 'subscriptions' = {
      name: 'open'
      properties: { deadLetteringOnMessageExpiration: choice } // expect: unknown dead_letter
    }
  }
}
