param kind string

resource account 'Microsoft.Batch/batchAccounts@2024-07-01' = {
  name: 'jobs'

  resource nodes 'pools' = {
    name: 'nodes'
    properties: {
      vmSize: 'STANDARD_A1'
      networkConfiguration: {
        publicIPAddressConfiguration: { provision: kind } // expect: unknown public_ip
      }
    }
  }
}
