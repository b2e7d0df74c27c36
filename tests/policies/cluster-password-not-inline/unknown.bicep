param production bool

@secure()
param password string

resource main 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'main'
  location: 'westeurope'
  properties: {
    windowsProfile: {
      adminUsername: 'ops'
      adminPassword: production ? password : 'not-a-good-one' // expect: unknown inline_secrets
    }
  }
}
