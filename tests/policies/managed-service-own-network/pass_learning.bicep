resource chosen 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    managedNetwork: {
      isolationMode: 'AllowInternetOutbound'
    }
  }
}

resource other 'Microsoft.MachineLearningServices/workspaces@2024-10-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    managedNetwork: {
      isolationMode: 'AllowOnlyApprovedOutbound'
    }
  }
}
