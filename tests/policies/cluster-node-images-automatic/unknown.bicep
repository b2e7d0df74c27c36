param chosen string

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: chosen // expect: unknown node_images.automatic
    }
  }
}
