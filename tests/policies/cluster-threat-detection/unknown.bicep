param chosen bool

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    securityProfile: {
      defender: {
        securityMonitoring: {
          enabled: chosen // expect: unknown threat_detection
        }
      }
    }
  }
}
