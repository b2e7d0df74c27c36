resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {
      windowsConfiguration: {
        enableAutomaticUpdates: false // expect: fail patches.automatic
      }
    }
  }
}
