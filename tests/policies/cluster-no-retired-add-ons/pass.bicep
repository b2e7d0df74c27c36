resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      httpApplicationRouting: {
        enabled: false
      }
    }
  }
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      httpApplicationRouting: {}
    }
  }
}
