param chosen string

resource thing 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'thing'
  location: 'westeurope'
  identity: {
    type: chosen // expect: unknown managed_identity
  }
}
