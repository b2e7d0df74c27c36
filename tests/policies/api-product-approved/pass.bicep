resource orders 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  name: 'shop/orders'
  properties: {
    displayName: 'orders'
    state: 'published'
    subscriptionRequired: true
    approvalRequired: true
  }
}

resource draft 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  name: 'shop/draft'
  properties: {
    displayName: 'draft'
    subscriptionRequired: false
  }
}
