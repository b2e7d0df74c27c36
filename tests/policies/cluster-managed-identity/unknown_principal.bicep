param chosen string

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    servicePrincipalProfile: {
      clientId: chosen // expect: unknown managed_identity
    }
  }
}
