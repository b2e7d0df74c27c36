resource watched 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'watched'
  location: 'westeurope'
  properties: {
    securityProfile: { defender: { securityMonitoring: { enabled: true } } }
  }
}
