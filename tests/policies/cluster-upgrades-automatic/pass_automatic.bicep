resource automatic 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'automatic'
  location: 'westeurope'
  sku: {
    name: 'Automatic'
    tier: 'Standard'
  }
  properties: {
    dnsPrefix: 'automatic'
  }
}
