param chosen string

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    kubernetesVersion: '1.35'
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    kubernetesVersion: '1.20' // expect: fail version
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    kubernetesVersion: chosen // expect: unknown version
  }
}
