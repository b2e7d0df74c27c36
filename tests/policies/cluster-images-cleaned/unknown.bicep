param chosen bool

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    securityProfile: {
      imageCleaner: {
        enabled: chosen // expect: unknown images_cleaned
        intervalHours: 48
      }
    }
  }
}
