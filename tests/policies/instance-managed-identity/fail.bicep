resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  identity: {
    type: 'None' // expect: fail managed_identity
  }
  properties: {
    osProfile: {}
  }
}
