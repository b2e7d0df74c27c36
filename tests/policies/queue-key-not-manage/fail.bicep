resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: 'bus'
}

resource all 'Microsoft.ServiceBus/namespaces/authorizationRules@2024-01-01' = {
  parent: bus
  name: 'all'
  properties: {
    rights: ['Listen', 'Manage', 'Send'] // expect: fail rights
  }
}

resource relay 'Microsoft.Relay/namespaces@2024-01-01' existing = {
  name: 'relay'
}

resource every 'Microsoft.Relay/namespaces/authorizationRules@2024-01-01' = {
  parent: relay
  name: 'every'
  properties: {
    rights: ['Listen', 'Manage', 'Send'] // expect: fail rights
  }
}
