param product string

resource one 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  name: 'shop/one'
  properties: {
    displayName: 'one'
    scope: '/apis/orders'
  }
}

resource some 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  name: 'shop/some'
  properties: {
    displayName: 'some'
    scope: '/products/${product}'
  }
}

resource past 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  name: 'shop/past'
  properties: {
    displayName: 'past'
    scope: '/apis'
    state: 'suspended'
  }
}
