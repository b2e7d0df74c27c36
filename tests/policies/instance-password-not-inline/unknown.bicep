param production bool

@secure()
param password string

resource web 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'web'
  location: 'westeurope'
  properties: {
    osProfile: {
      adminUsername: 'ops'
      adminPassword: production ? password : 'not-a-good-one' // expect: unknown inline_secrets
    }
  }
}
