resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {}
}

resource other 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'other'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
  }
  properties: {}
}
