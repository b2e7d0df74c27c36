resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: { // expect: unknown password_sign_in
    osProfile: {
      adminUsername: 'ops'
    }
  }
}
