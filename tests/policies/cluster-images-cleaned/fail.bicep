resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    securityProfile: {
      imageCleaner: {
        enabled: false // expect: fail images_cleaned
        intervalHours: 48
      }
    }
  }
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {
    securityProfile: {
      imageCleaner: { // expect: fail images_cleaned
        intervalHours: 48
      }
    }
  }
}
