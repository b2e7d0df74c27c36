param chosen array

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] }
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/0'] } // expect: fail api.allowed_sources
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: { authorizedIPRanges: chosen } // expect: unknown api.allowed_sources
  }
}
