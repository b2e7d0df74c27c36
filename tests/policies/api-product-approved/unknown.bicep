param chosen bool

resource orders 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  name: 'shop/orders'
  properties: {
    displayName: 'orders'
    state: 'published'
    subscriptionRequired: true
    approvalRequired: chosen // expect: unknown approval_required
  }
}
