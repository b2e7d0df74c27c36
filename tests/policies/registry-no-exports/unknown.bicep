param chosen string

resource open 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'open'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    policies: {
      exportPolicy: {
        status: chosen // expect: unknown exports
      }
    }
  }
}
