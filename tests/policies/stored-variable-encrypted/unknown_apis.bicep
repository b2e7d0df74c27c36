param hidden bool

resource apis 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: 'apis'
}

resource orders 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = {
  parent: apis
  name: 'orders'
  properties: {
    displayName: 'orders-api-key'
    secret: hidden // expect: unknown encryption.at_rest
    value: 'x'
  }
}
