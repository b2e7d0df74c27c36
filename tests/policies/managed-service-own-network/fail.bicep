resource chosen 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    managedVirtualNetwork: '' // expect: fail network.own
  }
}

resource silent 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {} // expect: fail network.own
}
