resource silent 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: { // expect: fail upgrades.automatic
    dnsPrefix: 'silent'
  }
}

resource off 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'off'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      upgradeChannel: 'none' // expect: fail upgrades.automatic
    }
  }
}
