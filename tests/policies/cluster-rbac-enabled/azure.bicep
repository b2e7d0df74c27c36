param chosen bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    enableRBAC: true
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    enableRBAC: false // expect: fail rbac
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    enableRBAC: chosen // expect: unknown rbac
  }
}
