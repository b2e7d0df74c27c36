resource all 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  name: 'shop/all'
  properties: {
    displayName: 'all'
    scope: '/apis' // expect: fail scope
  }
}
