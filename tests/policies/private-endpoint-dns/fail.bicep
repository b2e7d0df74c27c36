resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = { // expect: fail private_dns
  name: 'orders'
  location: 'westeurope'
  properties: {
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: resourceId('Microsoft.Storage/storageAccounts', 'orders'), groupIds: ['blob'] } }
    ]
  }
}
