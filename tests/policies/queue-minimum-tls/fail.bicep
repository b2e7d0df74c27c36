resource thing 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    minimumTlsVersion: '1.1' // expect: fail tls.min_version
  }
}
