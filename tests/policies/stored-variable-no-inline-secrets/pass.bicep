@secure()
param key string

resource apis 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: 'apis'
}

resource orders 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = {
  parent: apis
  name: 'orders'
  properties: {
    displayName: 'orders-api-key'
    secret: true
    value: key
  }
}

resource address 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = {
  parent: apis
  name: 'address'
  properties: {
    displayName: 'orders-address'
    value: 'https://orders.example.org'
  }
}
