param rights array

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: 'bus'
}

resource all 'Microsoft.ServiceBus/namespaces/authorizationRules@2024-01-01' = {
  parent: bus
  name: 'all'
  properties: {
    rights: rights // expect: unknown rights
  }
}
