resource main 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'main'
  location: 'westeurope'
  properties: {
    agentPoolProfiles: [
      {
        name: 'system'
        enableEncryptionAtHost: false // expect: fail encryption.at_host
      }
    ]
  }

  resource jobs 'agentPools' = {
    name: 'jobs'
    properties: { // expect: fail encryption.at_host
      mode: 'User'

    }
  }
}

resource jobs 'Microsoft.Batch/batchAccounts/pools@2024-07-01' = {
  name: 'account/nodes'
  properties: {
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        nodeAgentSkuId: 'batch.node.ubuntu 22.04'
        securityProfile: {
          encryptionAtHost: false // expect: fail encryption.at_host
        }
      }
    }
  }
}
