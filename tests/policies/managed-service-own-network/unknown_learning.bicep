param chosen string

resource open 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    managedNetwork: {
      isolationMode: chosen // expect: unknown network.own
    }
  }
}
