resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'

  resource answers 'onlineEndpoints' = {
    name: 'answers'
    location: 'westeurope'
    properties: {
      authMode: 'Key' // expect: fail shared_key_access
    }
  }

  resource scores 'onlineEndpoints' = {
    name: 'scores'
    location: 'westeurope'
    properties: {
      authMode: 'AADToken'
    }
  }
}
