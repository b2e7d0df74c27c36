resource chosen 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    managedNetwork: {
      isolationMode: 'Disabled' // expect: fail network.own
    }
  }
}

resource silent 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {
    managedNetwork: {} // expect: fail network.own
  }
}
