resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: 'NodeImage'
    }
  }
}

resource other 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      nodeOSUpgradeChannel: 'SecurityPatch'
    }
  }
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {}
  }
}
