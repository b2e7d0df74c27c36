resource chosen 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    policies: {
      exportPolicy: {
        status: 'enabled' // expect: fail exports
      }
    }
  }
}

resource silent 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'silent'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    policies: {
      exportPolicy: {} // expect: fail exports
    }
  }
}
