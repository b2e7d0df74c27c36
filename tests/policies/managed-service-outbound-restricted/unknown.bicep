param mode string

resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: {
    managedNetwork: { isolationMode: mode } // expect: unknown network.outbound_restricted
  }
}
