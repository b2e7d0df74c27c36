resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: { // expect: unknown password_sign_in
      adminUsername: 'ops'
    }
  }
}
