resource reports 'Microsoft.Databricks/workspaces@2024-05-01' = {
  name: 'reports'
  location: 'westeurope'
  properties: {
    parameters: {
      enableNoPublicIp: { value: false } // expect: fail public_ip
    }
  }
}

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
        enableNodePublicIp: true // expect: fail public_ip
      }
    }
  }
}
