resource search 'Microsoft.Search/searchServices@2025-05-01' = {
  name: 'catalogue'
  location: 'westeurope'
  properties: {
    dataExfiltrationProtections: [] // expect: fail network.outbound_restricted
  }
}

resource models 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: 'models'
  location: 'westeurope'
  properties: {
    managedNetwork: { isolationMode: 'Disabled' } // expect: fail network.outbound_restricted
  }
}

resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'
  location: 'westeurope'
  properties: {
    managedVirtualNetworkSettings: { preventDataExfiltration: false } // expect: fail network.outbound_restricted
  }
}
