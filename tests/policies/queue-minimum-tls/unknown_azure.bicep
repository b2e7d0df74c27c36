param chosen string

resource thing 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: chosen // expect: unknown tls.min_version
  }
}
