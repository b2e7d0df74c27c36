param chosen string

resource open 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  name: 'shop/open'
  properties: {
    displayName: 'open'
    scope: chosen // expect: unknown scope
  }
}
