param hidden bool

resource apis 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: 'apis'
}

resource orders 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = {
  parent: apis
  name: 'orders'
  properties: {
    displayName: 'orders'
    secret: hidden // expect: unknown inline_secrets
    value: 'not-a-good-one'
  }
}
