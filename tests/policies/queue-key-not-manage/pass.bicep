resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: 'bus'
}

resource reader 'Microsoft.ServiceBus/namespaces/authorizationRules@2024-01-01' = {
  parent: bus
  name: 'reader'
  properties: {
    rights: ['Listen']
  }
}

resource hub 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: 'hub'
}

resource sender 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = {
  parent: hub
  name: 'sender'
  properties: {
    rights: ['Send']
  }
}

resource root 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = {
  parent: hub
  name: 'RootManageSharedAccessKey'
  properties: {
    rights: ['Listen', 'Manage', 'Send']
  }
}
