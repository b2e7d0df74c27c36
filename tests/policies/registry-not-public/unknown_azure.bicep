param chosen string

resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: chosen // expect: unknown network.public
  }
}
