resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    storageProfile: {
      osDisk: { // expect: fail managed_disks
        createOption: 'FromImage'
        vhd: { uri: 'https://orders.blob.core.windows.net/vhds/os.vhd' }
      }
    }
  }
}
