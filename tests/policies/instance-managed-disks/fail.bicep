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

resource disks 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: 'disks'
}

resource old 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'old'
  location: 'westeurope'
  properties: {
    storageProfile: {
      osDisk: { // expect: fail managed_disks
        createOption: 'FromImage'
        vhd: { uri: '${disks.properties.primaryEndpoints.blob}vhds/os.vhd' }
      }
    }
  }
}
