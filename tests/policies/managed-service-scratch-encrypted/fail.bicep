resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: { // expect: fail scratch_encrypted
    friendlyName: 'models'
  }
}

resource events 'Microsoft.Kusto/clusters@2024-04-13' = {
  name: 'events'
  location: 'westeurope'
  properties: {
    enableDiskEncryption: false // expect: fail scratch_encrypted
  }
}
