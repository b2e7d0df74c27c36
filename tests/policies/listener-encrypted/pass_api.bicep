resource shop 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: 'shop'
}

resource orders 'Microsoft.ApiManagement/service/apis@2024-05-01' = {
  parent: shop
  name: 'orders'
  properties: {
    path: 'orders'
    protocols: ['https']
  }
}
