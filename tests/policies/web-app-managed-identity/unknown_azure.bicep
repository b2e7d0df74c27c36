param chosen string

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  identity: {
    type: chosen // expect: unknown managed_identity
  }
}
