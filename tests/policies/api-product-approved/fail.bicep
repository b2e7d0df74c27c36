resource orders 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  name: 'shop/orders'
  properties: {
    displayName: 'orders'
    state: 'published'
    subscriptionRequired: false // expect: fail subscription_required
  }
}

resource silent 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  name: 'shop/silent'
  properties: {
    displayName: 'silent'
    state: 'published' // expect: fail approval_required
    subscriptionRequired: true
  }
}
