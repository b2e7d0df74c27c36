resource account 'Microsoft.Batch/batchAccounts@2024-07-01' = {
  name: 'jobs'

  resource nodes 'pools' = {
    name: 'nodes'
    properties: {
      vmSize: 'STANDARD_A1'
      networkConfiguration: {
        endpointConfiguration: {
          inboundNatPools: [
            {
              name: 'shell'
              backendPort: 22
              networkSecurityGroupRules: [
                { access: 'Deny', priority: 162, sourceAddressPrefix: '*' }
              ]
            }
          ]
        }
      }
    }
  }
}
