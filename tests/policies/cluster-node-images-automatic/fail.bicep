resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: 'None' // expect: fail node_images.automatic
    }
  }
}

resource other 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: 'Unmanaged' // expect: fail node_images.automatic
    }
  }
}
