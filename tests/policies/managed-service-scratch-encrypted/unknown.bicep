param sensitive bool

resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: {
    hbiWorkspace: sensitive // expect: unknown scratch_encrypted
  }
}
