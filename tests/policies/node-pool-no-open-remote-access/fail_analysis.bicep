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
        remoteLoginPortPublicAccess: 'NotSpecified' // expect: fail remote_access_open
      }
    }
  }

  resource notebook 'computes' = {
    name: 'notebook'
    location: 'westeurope'
    properties: {
      computeType: 'ComputeInstance'
      properties: {
        vmSize: 'Standard_DS2_v2'
        sshSettings: { sshPublicAccess: 'Enabled' } // expect: fail remote_access_open
      }
    }
  }
}
