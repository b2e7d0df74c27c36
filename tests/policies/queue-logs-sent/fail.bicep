resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = { // expect: fail logs.enabled
  name: 'bus'
  location: 'westeurope'
  sku: { name: 'Standard' }
}
