param subnet string
resource orders 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'orders'
  sku: {
    name: 'Developer'
    capacity: 1
  }
  properties: {
    publisherName: 'shop'
    publisherEmail: 'api@shop.example'
    virtualNetworkType: 'Internal'
    virtualNetworkConfiguration: {
      subnetResourceId: subnet
    }
  }
}
