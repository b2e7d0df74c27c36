resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = { // expect: fail backup.enabled
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {}
  }
}
