resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    podIdentityProfile: {
      enabled: true // expect: fail retired_add_ons
    }
  }
}
