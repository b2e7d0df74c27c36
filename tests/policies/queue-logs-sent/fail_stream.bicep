resource hub 'Microsoft.EventHub/namespaces@2024-01-01' = { // expect: fail logs.enabled
  name: 'hub'
  location: 'westeurope'
  sku: { name: 'Standard' }
}
