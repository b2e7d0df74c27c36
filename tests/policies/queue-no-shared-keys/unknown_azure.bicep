param chosen bool

resource thing 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    disableLocalAuth: chosen // expect: unknown shared_key_access
  }
}
