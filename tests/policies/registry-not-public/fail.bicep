resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = { // expect: fail network.public
  name: 'thing'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: 'Enabled'
  }
}
