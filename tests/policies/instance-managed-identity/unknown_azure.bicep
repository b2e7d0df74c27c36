param chosen string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  identity: {
    type: chosen // expect: unknown managed_identity
  }
  properties: {
    osProfile: {}
  }
}
