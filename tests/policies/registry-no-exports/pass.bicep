resource chosen 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    policies: {
      exportPolicy: {
        status: 'disabled'
      }
    }
  }
}
