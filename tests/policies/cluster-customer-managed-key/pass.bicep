resource own 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'own'
  location: 'westeurope'
  properties: {
    diskEncryptionSetID: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/nodes'
  }
}
