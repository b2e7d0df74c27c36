param chosen object

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    storageProfile: {
      osDisk: chosen // expect: unknown managed_disks
    }
  }
}
