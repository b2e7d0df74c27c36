param chosen bool

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    podIdentityProfile: {
      enabled: chosen // expect: unknown retired_add_ons
    }
  }
}
