param open string

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    publicNetworkAccess: open // expect: unknown network.public
  }
}
