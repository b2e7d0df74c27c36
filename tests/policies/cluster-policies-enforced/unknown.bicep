param chosen bool

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      azurepolicy: {
        enabled: chosen // expect: unknown policies_enforced
      }
    }
  }
}
