resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  identity: {
    type: 'None' // expect: fail managed_identity
  }
  properties: {}
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  identity: {} // expect: fail managed_identity
  properties: {}
}
