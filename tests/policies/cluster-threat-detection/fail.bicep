resource silent 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: { // expect: fail threat_detection
    dnsPrefix: 'silent'
  }
}

resource off 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'off'
  location: 'westeurope'
  properties: {
    securityProfile: {
      defender: {
        securityMonitoring: {
          enabled: false // expect: fail threat_detection
        }
      }
    }
  }
}
