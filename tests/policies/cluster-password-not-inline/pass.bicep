@secure()
param password string

resource main 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'main'
  location: 'westeurope'
  properties: {
    windowsProfile: {
      adminUsername: 'ops'
      adminPassword: password
    }
  }
}

resource nodes 'Microsoft.Batch/batchAccounts/pools@2024-07-01' = {
  name: 'jobs/nodes'
  properties: {
    userAccounts: [
      {
        name: 'ops'
        password: password
      }
    ]
  }
}
