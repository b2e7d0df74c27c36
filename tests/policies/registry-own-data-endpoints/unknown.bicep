param chosen bool

resource open 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'open'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
  properties: {
    dataEndpointEnabled: chosen // expect: unknown own_data_endpoints
  }
}
