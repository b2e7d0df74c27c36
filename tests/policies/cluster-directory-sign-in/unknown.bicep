param chosen object

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    aadProfile: chosen // expect: unknown auth.iam
  }
}
