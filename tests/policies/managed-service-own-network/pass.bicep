resource chosen 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    managedVirtualNetwork: 'default'
  }
}
