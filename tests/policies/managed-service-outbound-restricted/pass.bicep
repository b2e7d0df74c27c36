resource search 'Microsoft.Search/searchServices@2025-05-01' = {
  name: 'catalogue'
  location: 'westeurope'
  properties: {
    dataExfiltrationProtections: ['BlockAll']
  }
}

resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: {
    managedNetwork: { isolationMode: 'AllowOnlyApprovedOutbound' }
  }
}

resource speech 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'speech'
  location: 'westeurope'
  kind: 'OpenAI'
  properties: {
    restrictOutboundNetworkAccess: true
    allowedFqdnList: ['models.example.org']
  }
}
