resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {} // expect: fail auth.iam
}
