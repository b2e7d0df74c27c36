resource chosen 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    dataEndpointEnabled: false // expect: fail own_data_endpoints
  }
}

resource silent 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'silent'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {} // expect: fail own_data_endpoints
}
