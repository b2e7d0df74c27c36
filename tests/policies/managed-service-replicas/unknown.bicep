param copies int

resource search 'Microsoft.Search/searchServices@2025-05-01' = {
  name: 'catalogue'
  location: 'westeurope'
  sku: { name: 'standard' }
  properties: {
    replicaCount: copies // expect: unknown replicas
  }
}
