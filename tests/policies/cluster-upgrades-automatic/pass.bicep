resource patched 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'patched'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: { upgradeChannel: 'patch' }
  }
}
