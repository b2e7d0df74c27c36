resource group 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: 'jobs'
  location: 'westeurope'
  properties: {
    ipAddress: { type: 'Private', ports: [{ port: 80 }] }
  }
}
