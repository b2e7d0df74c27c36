param chosen bool

resource sound 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sound'
  location: 'westeurope'

  resource jobs 'queues' = {
    name: 'jobs'
    properties: { deadLetteringOnMessageExpiration: true }
  }
}

resource faulty 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'faulty'
  location: 'westeurope'

  resource jobs 'queues' = {
    name: 'jobs'
    properties: { deadLetteringOnMessageExpiration: false } // expect: fail dead_letter
  }
}

resource open 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'open'
  location: 'westeurope'

  resource jobs 'queues' = {
    name: 'jobs'
    properties: { deadLetteringOnMessageExpiration: chosen } // expect: unknown dead_letter
  }
}
