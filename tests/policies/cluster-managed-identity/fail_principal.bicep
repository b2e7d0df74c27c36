resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    servicePrincipalProfile: {
      clientId: '00000000-0000-0000-0000-000000000001' // expect: fail managed_identity
    }
  }
}
