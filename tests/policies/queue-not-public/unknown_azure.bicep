param chosen string

resource thing 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: chosen // expect: unknown network.public
  }
}
