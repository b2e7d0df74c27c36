resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'

  resource training 'computes' = {
    name: 'training'
    location: 'westeurope'
    properties: {
      computeType: 'AmlCompute'
      properties: {
        vmSize: 'Standard_DS2_v2'
        remoteLoginPortPublicAccess: 'Disabled'
      }
    }
  }
}
