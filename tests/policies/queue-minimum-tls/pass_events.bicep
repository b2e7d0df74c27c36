resource orders 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    minimumTlsVersionAllowed: '1.2'
  }
}

resource clients 'Microsoft.EventGrid/namespaces@2025-02-15' = {
  name: 'clients'
  location: 'westeurope'
  properties: {
    topicSpacesConfiguration: { state: 'Enabled' }
  }
}
