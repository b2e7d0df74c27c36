param chosen string

resource open 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    managedVirtualNetwork: chosen // expect: unknown network.own
  }
}
