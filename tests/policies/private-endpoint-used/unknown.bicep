param target string

resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: target, groupIds: ['blob'] } } // expect: unknown network.private_endpoint
    ]
  }
}
