param chosen string

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    autoUpgradeProfile: {
      upgradeChannel: chosen // expect: unknown upgrades.automatic
    }
  }
}
