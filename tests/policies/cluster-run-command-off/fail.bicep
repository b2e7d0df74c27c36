resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: {
      disableRunCommand: false // expect: fail run_command
    }
  }
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = { // expect: fail run_command
  name: 'silent'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: {}
  }
}
