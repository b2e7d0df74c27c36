param chosen string

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    networkProfile: { networkPlugin: 'azure', networkPolicy: 'calico' }
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    networkProfile: { networkPlugin: 'azure', networkPolicy: 'none' } // expect: fail network_policy
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    networkProfile: { networkPlugin: 'azure', networkPolicy: chosen } // expect: unknown network_policy
  }
}
